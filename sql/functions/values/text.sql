-- The string under a key of a document; NULL when it is absent or not a string. Never fails.
CREATE OR REPLACE FUNCTION hooklog.text(document jsonb, key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN jsonb_typeof(document -> key) = 'string' THEN document ->> key END
$$;
