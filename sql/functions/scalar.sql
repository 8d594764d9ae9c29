-- The string or the number under a key of a document, the latter as it is written; NULL for anything else. Never fails.
CREATE OR REPLACE FUNCTION hooklog.scalar(document jsonb, key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE WHEN jsonb_typeof(document -> key) IN ('string', 'number') THEN document ->> key END
$$;
