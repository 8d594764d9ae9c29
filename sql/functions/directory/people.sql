-- Who is the same human across systems: the people of a workspace, a row for each e-mail address (see
-- hooklog.email_key()) that a contact or an internal contact has, with every document it came from. Deleted objects and
-- those without an address are nobody. The name is the one that was told last.
--
--     SELECT email, name, systems FROM hooklog.people(1) WHERE email = 'jane@example.com'
--
-- Meant to be inlined, so that an address is found by the email indexes of hooklog.contact and
-- hooklog.internal_contact.
CREATE OR REPLACE FUNCTION hooklog.people(workspace bigint, live boolean DEFAULT true)
RETURNS TABLE (email text, name text, systems text[], updated_at timestamptz, documents jsonb)
LANGUAGE sql STABLE ROWS 1000 AS $$
    SELECT
        d.email,
        (array_agg(d.name ORDER BY d.updated_at DESC, d.position DESC) FILTER (WHERE d.name <> ''))[1],
        array_agg(DISTINCT d.system),
        max(d.updated_at),
        jsonb_agg(
            jsonb_build_object(
                'system', d.system, 'entity_type', d.entity_type, 'entity_id', d.entity_id, 'document', d.document)
            ORDER BY d.system, d.entity_type, d.first_position)
    FROM (
        SELECT c.email, c.name, c.system, c.entity_type, c.entity_id, c.updated_at, c.position, c.first_position,
            c.document
        FROM hooklog.contact AS c
        WHERE c.workspace_id = workspace
            AND c.livemode = live
            AND c.deleted_at IS NULL
        UNION ALL
        SELECT c.email, c.name, c.system, c.entity_type, c.entity_id, c.updated_at, c.position, c.first_position,
            c.document
        FROM hooklog.internal_contact AS c
        WHERE c.workspace_id = workspace
            AND c.livemode = live
            AND c.deleted_at IS NULL
    ) AS d
    WHERE d.email IS NOT NULL
    GROUP BY d.email
$$;
