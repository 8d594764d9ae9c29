-- A person by the e-mail address (in lower case): the name that was told last, the names of all documents, the systems
-- that know the person, when one last changed, and the documents as JSON with their size; at most documents_limit of
-- each kind and system. systems is NULL when there is no such person. Not for use by itself: it checks no key.
-- Relies on the email indexes of hooklog.contact and hooklog.internal_contact; for the ranges see
-- hooklog.resolve_customer().
CREATE OR REPLACE FUNCTION hooklog.describe_person(
    workspace bigint,
    live boolean,
    known_systems text[],
    wanted_email text,
    documents_limit integer,
    OUT name text,
    OUT names text[],
    OUT systems text[],
    OUT updated_at timestamptz,
    OUT documents json,
    OUT has_more_documents boolean,
    OUT bytes bigint
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET jit = off
AS $$
#variable_conflict use_column
BEGIN
    SELECT
        (array_agg(d.name ORDER BY d.updated_at DESC, d.position DESC) FILTER (WHERE d.name <> ''))[1],
        array_agg(d.name),
        array_agg(DISTINCT d.system),
        max(d.updated_at),
        json_agg(
            json_build_object(
                'object', d.object,
                'system', d.system,
                'entity_type', d.entity_type,
                'entity_id', d.entity_id,
                'customer_id', d.customer_id,
                'name', d.name,
                'title', d.title,
                'phone', d.phone,
                'created_at', hooklog.render_instant(d.created_at),
                'updated_at', hooklog.render_instant(d.updated_at),
                'position', d.position,
                'document', d.document)
            ORDER BY d.object, d.system, d.first_position) FILTER (WHERE d.nth <= documents_limit),
        bool_or(d.nth > documents_limit),
        sum(octet_length(d.document::text)) FILTER (WHERE d.nth <= documents_limit)
    INTO name, names, systems, updated_at, documents, has_more_documents, bytes
    FROM (
        SELECT s.*, row_number() OVER (PARTITION BY s.object, s.system ORDER BY s.first_position) AS nth
        FROM (
            SELECT 'contact' AS object, c.*
            FROM unnest(known_systems) AS known (system)
            CROSS JOIN LATERAL (
                SELECT t.system, t.entity_type, t.entity_id, t.customer_id, t.name, t.title, t.phone, t.created_at,
                    t.updated_at, t.first_position, t.position, t.document
                FROM hooklog.contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.system = known.system
                    AND t.email BETWEEN wanted_email AND wanted_email
                    AND t.deleted_at IS NULL
                ORDER BY t.email
                LIMIT documents_limit + 1
            ) AS c
            UNION ALL
            SELECT 'internal_contact', c.*
            FROM (
                SELECT t.system, t.entity_type, t.entity_id, NULL, t.name, t.title, t.phone, t.created_at,
                    t.updated_at, t.first_position, t.position, t.document
                FROM hooklog.internal_contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.system = 'stuut'
                    AND t.email BETWEEN wanted_email AND wanted_email
                    AND t.deleted_at IS NULL
                ORDER BY t.email
                LIMIT documents_limit + 1
            ) AS c
        ) AS s
    ) AS d;
END
$$;
