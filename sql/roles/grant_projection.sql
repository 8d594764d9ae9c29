-- What a user's own projection may do: read the log, call the functions that read documents, write its own schema.
DO $$
BEGIN
    IF to_regrole('hooklog_projection') IS NULL THEN
        RETURN;
    END IF;
    GRANT USAGE ON SCHEMA hooklog TO hooklog_projection;
    GRANT USAGE, CREATE ON SCHEMA projection TO hooklog_projection;
    GRANT SELECT ON hooklog.event, hooklog.dead_letter TO hooklog_projection;
END
$$;
