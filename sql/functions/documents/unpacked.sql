-- An object in memory, whose size is not that of its packed form; any other value as it is.
CREATE OR REPLACE FUNCTION hooklog.unpacked(value jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE jsonb_typeof(value) WHEN 'object' THEN value || '{}' ELSE value END
$$;
