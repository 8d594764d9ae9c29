-- Ruddr's rules for contacts; see hooklog.judge_write(). A new e-mail address must be one contact's, however it is
-- written. A name that is given counts; else the first and the last name make it whenever one of them changes. Tags
-- must exist, or be the contact's already: of most of them nothing else ever told.
CREATE OR REPLACE FUNCTION hooklog.judge_ruddr_contact(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    named jsonb := coalesce(write.present, '{}') || write.attributes;
    full_name text;
    tags jsonb;
    unknown text;
BEGIN
    IF hooklog.email_key(write.attributes ->> 'email') <> coalesce(hooklog.email_key(write.present ->> 'email'), '')
        AND hooklog.holder_of(write, 'email', hooklog.email_key(write.attributes ->> 'email')) IS NOT NULL THEN
        RETURN '{"outcome": "taken", "field": "email"}';
    END IF;
    IF NOT write.attributes ? 'name'
        AND (named -> 'firstName', named -> 'lastName')
            IS DISTINCT FROM (write.present -> 'firstName', write.present -> 'lastName') THEN
        write.attributes := write.attributes || jsonb_build_object('name', concat_ws(
            ' ', nullif(hooklog.text(named, 'firstName'), ''), nullif(hooklog.text(named, 'lastName'), '')));
    END IF;
    IF write.present IS NULL THEN
        full_name := write.attributes ->> 'name';
        IF full_name IS NULL THEN
            RETURN '{"outcome": "missing", "field": "name"}';
        END IF;
        write.attributes := jsonb_build_object(
                'firstName', CASE WHEN write.attributes ? 'lastName' THEN '' ELSE split_part(full_name, ' ', 1) END,
                'lastName', CASE
                    WHEN write.attributes ? 'firstName' THEN ''
                    ELSE substr(full_name, length(split_part(full_name, ' ', 1)) + 2)
                END)
            || write.attributes;
    END IF;
    IF write.attributes ? 'tags' THEN
        SELECT
            coalesce(jsonb_agg(
                coalesce(b.tag, jsonb_build_object('id', t.id, 'name', f.document -> 'name')) ORDER BY t.ordinal), '[]'),
            min(t.id) FILTER (WHERE f.deleted_at IS NOT NULL OR f.document IS NULL AND b.tag IS NULL)
        INTO tags, unknown
        FROM (
            SELECT e.tag ->> 'id' AS id, min(e.ordinal) AS ordinal
            FROM jsonb_array_elements(write.attributes -> 'tags') WITH ORDINALITY AS e (tag, ordinal)
            GROUP BY 1
        ) AS t
        LEFT JOIN LATERAL hooklog.find_object(write.workspace, write.live, 'ruddr', 'contact_tag', t.id) AS f ON true
        LEFT JOIN LATERAL (
            SELECT p.tag
            FROM jsonb_array_elements(
                CASE WHEN jsonb_typeof(write.present -> 'tags') = 'array' THEN write.present -> 'tags' ELSE '[]' END) AS p (tag)
            WHERE hooklog.document_id(p.tag, 'id') = t.id
            LIMIT 1
        ) AS b ON true;
        IF unknown IS NOT NULL THEN
            RETURN jsonb_build_object('outcome', 'unknown_reference', 'field', 'tagIds', 'detail', unknown);
        END IF;
        write.attributes := write.attributes || jsonb_build_object('tags', tags);
    END IF;
    RETURN jsonb_build_object('attributes', write.attributes);
END
$$;
