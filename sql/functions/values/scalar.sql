-- The string or the number under a key of a document; a number has one spelling, however it was written (12, 12.0 and 1.2e1
-- are 12). NULL for anything else. Never fails.
CREATE OR REPLACE FUNCTION hooklog.scalar(document jsonb, key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE jsonb_typeof(document -> key)
        WHEN 'string' THEN document ->> key
        WHEN 'number' THEN trim_scale((document -> key)::numeric)::text
    END
$$;
