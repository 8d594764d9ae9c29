-- The tags of a Ruddr contact by their names of now, without those that are deleted; one that was never heard of keeps the
-- name that the contact has for it. NULL when the document has no tags.
CREATE OR REPLACE FUNCTION hooklog.related_ruddr_contact(
    workspace bigint, live boolean, document jsonb, expanded text
) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF jsonb_typeof(document -> 'tags') IS DISTINCT FROM 'array' OR document -> 'tags' = '[]' THEN
        RETURN NULL;
    END IF;
    RETURN (
        SELECT jsonb_build_object('tags', coalesce(
            jsonb_agg(
                t.tag || CASE WHEN f.document ? 'name' THEN jsonb_build_object('name', f.document -> 'name') ELSE '{}' END
                ORDER BY t.ordinal)
                FILTER (WHERE f.deleted_at IS NULL),
            '[]'))
        FROM jsonb_array_elements(document -> 'tags') WITH ORDINALITY AS t (tag, ordinal)
        LEFT JOIN LATERAL hooklog.find_object(
            workspace, live, 'ruddr', 'contact_tag', hooklog.document_id(t.tag, 'id')) AS f ON true
    );
END
$$;
