-- The date under a key of a document: an ISO 8601 date, or the UTC day of an RFC 3339 time. Never fails.
CREATE OR REPLACE FUNCTION hooklog.date(document jsonb, key text) RETURNS date
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT (hooklog.parse_time(
        CASE
            WHEN hooklog.text(document, key) ~ '^[0-9]{4}-[0-9][0-9]-[0-9][0-9]$' THEN hooklog.text(document, key) || 'T00:00:00Z'
            ELSE hooklog.text(document, key)
        END) AT TIME ZONE 'UTC')::date
$$;
