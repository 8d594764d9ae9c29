-- The contacts of a system that have an e-mail address (as hooklog.email_key() has it), deleted ones included. Meant to be
-- inlined. Relies on the email index of hooklog.<kind>, whose order it has; for the range see hooklog.find_object().
-- for: kind = contact; customer = t.customer_id
-- for: kind = internal_contact; customer = NULL::text
CREATE OR REPLACE FUNCTION hooklog.<kind>s_of_email(workspace bigint, live boolean, known_system text, wanted_email text)
RETURNS TABLE (
    system text, entity_type text, entity_id text, updated_at timestamptz, first_position bigint, deleted_at timestamptz,
    name text, email text, customer_id text
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT t.system, t.entity_type, t.entity_id, t.updated_at, t.first_position, t.deleted_at, t.name, t.email, <customer>
    FROM hooklog.<kind> AS t
    WHERE t.workspace_id = workspace
        AND t.livemode = live
        AND t.system = known_system
        AND t.email BETWEEN wanted_email AND wanted_email
    ORDER BY t.email
    OFFSET 0
$$;
