-- The number under a key of a document; NULL when it is absent or not a number. Never fails.
CREATE OR REPLACE FUNCTION hooklog.number(document jsonb, key text) RETURNS numeric
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN jsonb_typeof(document -> key) = 'number' THEN (document ->> key)::numeric END
$$;
