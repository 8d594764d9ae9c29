-- Ruddr's rules for contacts; see hooklog.judge_write(). An e-mail address is one contact's, whatever its capitals. A name
-- that is given counts; else the first and the last name make it whenever one of them is. Tags must exist.
CREATE OR REPLACE FUNCTION hooklog.judge_ruddr_contact(
    workspace bigint, live boolean, present jsonb, attributes jsonb
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
    IF attributes ? 'email' AND hooklog.holder_of(
        workspace, live, 'ruddr', 'contact', 'email', hooklog.short_id(lower(attributes ->> 'email')), present ->> 'id')
        IS NOT NULL THEN
        RETURN '{"outcome": "taken", "field": "email"}';
    END IF;
    IF NOT attributes ? 'name' AND attributes ?| '{firstName,lastName}' THEN
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
                jsonb_build_object('id', t.id, 'name', f.document -> 'name') ORDER BY t.ordinal), '[]'),
            min(t.id) FILTER (WHERE f.document IS NULL)
        INTO tags, unknown
        FROM (
            SELECT e.tag ->> 'id' AS id, min(e.ordinal) AS ordinal
            FROM jsonb_array_elements(attributes -> 'tags') WITH ORDINALITY AS e (tag, ordinal)
            GROUP BY 1
        ) AS t
        LEFT JOIN LATERAL (
            SELECT o.document
            FROM hooklog.find_object(workspace, live, 'ruddr', 'contact_tag', t.id) AS o
            WHERE o.deleted_at IS NULL
        ) AS f ON true;
        IF unknown IS NOT NULL THEN
            RETURN jsonb_build_object('outcome', 'unknown_reference', 'field', 'tagIds', 'detail', unknown);
        END IF;
        attributes := attributes || jsonb_build_object('tags', tags);
    END IF;
    RETURN jsonb_build_object('attributes', attributes);
END
$$;
