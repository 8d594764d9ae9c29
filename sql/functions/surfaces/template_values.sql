-- The values that a template (see hooklog.render_value()) gives for what a document lacks.
CREATE OR REPLACE FUNCTION hooklog.template_values(template json) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT jsonb_object_agg(
        t.key, CASE WHEN json_typeof(t.value -> 0) = 'object' THEN '[]' ELSE t.value::jsonb END)
    FROM json_each(template) AS t (key, value)
$$;
