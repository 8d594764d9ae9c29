-- What the service may do: read everything of Hooklog's, call its functions, and write the tables that no function guards.
-- The log, its ledger and the read models are written by their functions' owner only.
DO $$
BEGIN
    IF to_regrole('hooklog_service') IS NULL THEN
        RETURN;
    END IF;
    GRANT USAGE ON SCHEMA hooklog, hooklog_data, projection TO hooklog_service;
    GRANT SELECT ON ALL TABLES IN SCHEMA hooklog, hooklog_data, projection TO hooklog_service;
    GRANT INSERT, UPDATE ON hooklog.source, hooklog.source_secret, hooklog.api_key TO hooklog_service;
    GRANT INSERT, UPDATE, DELETE ON hooklog.rejected_delivery, hooklog.rejected_delivery_count TO hooklog_service;
    ALTER DEFAULT PRIVILEGES IN SCHEMA hooklog GRANT SELECT ON TABLES TO hooklog_service;
    ALTER DEFAULT PRIVILEGES IN SCHEMA hooklog_data GRANT SELECT ON TABLES TO hooklog_service;
    ALTER DEFAULT PRIVILEGES IN SCHEMA projection GRANT SELECT ON TABLES TO hooklog_service;
END
$$;
