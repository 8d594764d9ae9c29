-- Ruddr's rules for contacts; see hooklog.judge_write(). A new e-mail address must be one contact's, however it is
-- written. A name that is given counts; else the first and the last name make it whenever one of them changes. Tags
-- must exist, or be the contact's already: of most of them nothing else ever told.
CREATE OR REPLACE FUNCTION hooklog.judge_ruddr_contact(
    workspace bigint, live boolean, own_id text, present jsonb, since timestamptz, usual jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    named jsonb := coalesce(present, '{}') || attributes;
    full_name text;
    tags jsonb;
    unknown text;
BEGIN
    IF hooklog.email_key(attributes ->> 'email') <> coalesce(hooklog.email_key(present ->> 'email'), '')
        AND hooklog.holder_of(
            workspace, live, 'ruddr', 'contact', 'email', hooklog.email_key(attributes ->> 'email'),
            hooklog.document_id(present, 'id'))
            IS NOT NULL THEN
        RETURN '{"outcome": "taken", "field": "email"}';
    END IF;
    IF NOT attributes ? 'name'
        AND (named -> 'firstName', named -> 'lastName')
            IS DISTINCT FROM (present -> 'firstName', present -> 'lastName') THEN
        attributes := attributes || jsonb_build_object('name', concat_ws(
            ' ', nullif(hooklog.text(named, 'firstName'), ''), nullif(hooklog.text(named, 'lastName'), '')));
    END IF;
    IF present IS NULL THEN
        full_name := attributes ->> 'name';
        IF full_name IS NULL THEN
            RETURN '{"outcome": "missing", "field": "name"}';
        END IF;
        attributes := jsonb_build_object(
                'firstName', CASE WHEN attributes ? 'lastName' THEN '' ELSE split_part(full_name, ' ', 1) END,
                'lastName', CASE
                    WHEN attributes ? 'firstName' THEN ''
                    ELSE substr(full_name, length(split_part(full_name, ' ', 1)) + 2)
                END)
            || attributes;
    END IF;
    IF attributes ? 'tags' THEN
        SELECT
            coalesce(jsonb_agg(
                coalesce(b.tag, jsonb_build_object('id', t.id, 'name', f.document -> 'name')) ORDER BY t.ordinal), '[]'),
            min(t.id) FILTER (WHERE f.deleted_at IS NOT NULL OR f.document IS NULL AND b.tag IS NULL)
        INTO tags, unknown
        FROM (
            SELECT e.tag ->> 'id' AS id, min(e.ordinal) AS ordinal
            FROM jsonb_array_elements(attributes -> 'tags') WITH ORDINALITY AS e (tag, ordinal)
            GROUP BY 1
        ) AS t
        LEFT JOIN LATERAL hooklog.find_object(workspace, live, 'ruddr', 'contact_tag', t.id) AS f ON true
        LEFT JOIN LATERAL (
            SELECT p.tag
            FROM jsonb_array_elements(
                CASE WHEN jsonb_typeof(present -> 'tags') = 'array' THEN present -> 'tags' ELSE '[]' END) AS p (tag)
            WHERE hooklog.document_id(p.tag, 'id') = t.id
            LIMIT 1
        ) AS b ON true;
        IF unknown IS NOT NULL THEN
            RETURN jsonb_build_object('outcome', 'unknown_reference', 'field', 'tagIds', 'detail', unknown);
        END IF;
        attributes := attributes || jsonb_build_object('tags', tags);
    END IF;
    RETURN jsonb_build_object('attributes', attributes);
END
$$;
