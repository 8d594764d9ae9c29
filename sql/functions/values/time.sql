-- The RFC 3339 time under a key of a document; NULL when it is absent or anything else. Never fails.
CREATE OR REPLACE FUNCTION hooklog.time(document jsonb, key text) RETURNS timestamptz
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT hooklog.parse_time(hooklog.text(document, key))
$$;
