-- The event within an event of Slack's. See hooklog.document().
CREATE OR REPLACE FUNCTION hooklog.document_slack(type text, payload jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT payload -> 'event'
$$;
