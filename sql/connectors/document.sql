-- The object of an event that projections fold, by the system it came from: hooklog.document_CONNECTOR(), or its member
-- data.
-- for: connectors = @connectors/*/document_*
CREATE OR REPLACE FUNCTION hooklog.document(system text, type text, payload jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE system
<connectors:        WHEN '*' THEN hooklog.document_*(type, payload)
>        ELSE payload -> 'data'
    END
$$;
