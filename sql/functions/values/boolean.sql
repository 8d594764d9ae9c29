-- The boolean under a key of a document; NULL when it is absent or not a boolean. Never fails.
CREATE OR REPLACE FUNCTION hooklog.boolean(document jsonb, key text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE document -> key WHEN 'true'::jsonb THEN true WHEN 'false'::jsonb THEN false END
$$;
