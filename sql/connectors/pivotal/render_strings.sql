-- The strings of the array under a key of a document; [] when it is absent or not an array. Never fails.
CREATE OR REPLACE FUNCTION hooklog.render_strings(document jsonb, key text) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN jsonb_typeof(document -> key) = 'array'
            THEN jsonb_path_query_array(document -> key, 'strict $[*] ? (@.type() == "string")')
        ELSE '[]'
    END
$$;
