-- A person by the e-mail address (as hooklog.email_key() has it), by at most documents_limit documents of each kind and
-- system, those that were first heard of: the name that was told last, the names of all of them, the systems that know
-- the person, when one last changed, and the documents as JSON with their size, one at least and no more than
-- byte_limit bytes. systems is NULL when there is no such person. Not for use by itself: it checks no key.
--
-- Documents are read one by one, so that those beyond the limits cost nothing. Relies on the email indexes of
-- hooklog.contact and hooklog.internal_contact, which have the order of the documents too; for the ranges see
-- hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.describe_person(
    workspace bigint,
    live boolean,
    known_systems text[],
    wanted_email text,
    documents_limit integer,
    byte_limit bigint,
    OUT name text,
    OUT names text[],
    OUT systems text[],
    OUT updated_at timestamptz,
    OUT documents json,
    OUT has_more_documents boolean,
    OUT bytes bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    entry record;
    told_at timestamptz;
    told_position bigint;
    bodies json[] := '{}';
    size bigint;
    is_full boolean := false;
BEGIN
    has_more_documents := false;
    bytes := 0;
    FOR entry IN
        SELECT s.*, row_number() OVER (PARTITION BY s.object, s.system ORDER BY s.first_position) AS nth
        FROM unnest(known_systems) AS known (system)
        CROSS JOIN LATERAL (
            (
                SELECT 'contact' AS object, t.system, t.entity_type, t.entity_id, t.customer_id, t.name, t.title, t.phone,
                    t.created_at, t.updated_at, t.first_position, t.position, t.outgrown, t.document
                FROM hooklog.contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.system = known.system
                    AND t.email BETWEEN wanted_email AND wanted_email
                    AND t.deleted_at IS NULL
                ORDER BY t.email, t.system, t.first_position
                LIMIT documents_limit + 1
            )
            UNION ALL
            (
                SELECT 'internal_contact', t.system, t.entity_type, t.entity_id, NULL, t.name, t.title, t.phone,
                    t.created_at, t.updated_at, t.first_position, t.position, t.outgrown, t.document
                FROM hooklog.internal_contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.system = known.system
                    AND t.email BETWEEN wanted_email AND wanted_email
                    AND t.deleted_at IS NULL
                ORDER BY t.email, t.system, t.first_position
                LIMIT documents_limit + 1
            )
        ) AS s
        ORDER BY s.object, s.system, s.first_position
    LOOP
        IF entry.nth > documents_limit THEN
            has_more_documents := true;
            CONTINUE;
        END IF;
        names := names || entry.name;
        updated_at := greatest(updated_at, entry.updated_at);
        IF NOT entry.system = ANY (coalesce(systems, '{}')) THEN
            systems := systems || entry.system;
        END IF;
        IF entry.name <> '' AND (told_at IS NULL OR (entry.updated_at, entry.position) > (told_at, told_position)) THEN
            name := entry.name;
            told_at := entry.updated_at;
            told_position := entry.position;
        END IF;
        CONTINUE WHEN is_full;
        size := octet_length(entry.document::text);
        IF bytes > 0 AND bytes + size > byte_limit THEN
            has_more_documents := true;
            is_full := true;
            CONTINUE;
        END IF;
        bytes := bytes + size;
        bodies := bodies || json_build_object(
            'object', entry.object,
            'system', entry.system,
            'entity_type', entry.entity_type,
            'entity_id', entry.entity_id,
            'customer_id', entry.customer_id,
            'name', entry.name,
            'title', entry.title,
            'phone', entry.phone,
            'created_at', hooklog.render_instant(entry.created_at),
            'updated_at', hooklog.render_instant(entry.updated_at),
            'position', entry.position,
            'outgrown', coalesce(entry.outgrown, false),
            'document', entry.document);
    END LOOP;
    documents := to_json(bodies);
    systems := nullif(ARRAY(SELECT s.system FROM unnest(systems) AS s (system) ORDER BY s.system), '{}');
END
$$;
