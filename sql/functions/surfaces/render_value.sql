-- A value of a document as a surface shows it, after a template: an object has the template's members first, in its
-- order, with the template's values for those that the value lacks, and then whatever else it has. A template [{…}] is an
-- empty list, and what the elements of one look like. Any other template is what stands in for no value.
CREATE OR REPLACE FUNCTION hooklog.render_value(template json, value jsonb) RETURNS json
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF value IS NULL THEN
        RETURN CASE WHEN json_typeof(template -> 0) = 'object' THEN '[]' ELSE template END;
    ELSIF json_typeof(template) = 'object' AND jsonb_typeof(value) = 'object' THEN
        RETURN (
            SELECT coalesce(json_object_agg(m.name, m.shown ORDER BY m.is_extra, m.ordinal), '{}')
            FROM (
                SELECT
                    t.name,
                    CASE
                        WHEN json_typeof(t.usual) IN ('object', 'array') THEN hooklog.render_value(t.usual, value -> t.name)
                        ELSE coalesce((value -> t.name)::json, t.usual)
                    END AS shown,
                    false AS is_extra,
                    t.ordinal
                FROM json_each(template) WITH ORDINALITY AS t (name, usual, ordinal)
                UNION ALL
                SELECT v.name, v.given::json, true, v.ordinal
                FROM jsonb_each(value) WITH ORDINALITY AS v (name, given, ordinal)
                WHERE template -> v.name IS NULL
            ) AS m
        );
    ELSIF json_typeof(template -> 0) = 'object' AND jsonb_typeof(value) = 'array' THEN
        RETURN (
            SELECT coalesce(json_agg(hooklog.render_value(template -> 0, e.element) ORDER BY e.ordinal), '[]')
            FROM jsonb_array_elements(value) WITH ORDINALITY AS e (element, ordinal)
        );
    END IF;
    RETURN value;
END
$$;
