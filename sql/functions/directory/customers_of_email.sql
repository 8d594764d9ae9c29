-- The customers of a system that have a contact with an e-mail address (as hooklog.email_key() has it), deleted customers
-- included. Meant to be inlined. Relies on the email index of hooklog.contact and the primary key of hooklog.customer; for the
-- range see hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.customers_of_email(workspace bigint, live boolean, known_system text, wanted_email text)
RETURNS TABLE (
    system text, entity_type text, entity_id text, updated_at timestamptz, first_position bigint, deleted_at timestamptz,
    name text, domain text
)
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT t.system, t.entity_type, t.entity_id, t.updated_at, t.first_position, t.deleted_at, t.name, t.domain
    FROM (
        SELECT DISTINCT c.customer_id
        FROM hooklog.contacts_of_email(workspace, live, known_system, wanted_email) AS c
        WHERE c.deleted_at IS NULL
    ) AS e
    CROSS JOIN LATERAL (
        SELECT c.*
        FROM hooklog.customer AS c
        WHERE c.workspace_id = workspace
            AND c.livemode = live
            AND c.system = known_system
            AND c.entity_type = hooklog.customer_type(known_system)
            AND c.entity_id BETWEEN e.customer_id AND e.customer_id
        ORDER BY c.entity_id
        LIMIT 1
    ) AS t
$$;
