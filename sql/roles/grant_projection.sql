-- What the SELECT of a user's own projection may do: read the log, call the functions that read documents and those that
-- users keep beside their projections. It may make nothing anywhere; see hooklog.give_to_projections().
DO $$
BEGIN
    IF to_regrole('hooklog_projection') IS NULL THEN
        RETURN;
    END IF;
    GRANT USAGE ON SCHEMA hooklog, projection TO hooklog_projection;
    REVOKE CREATE ON SCHEMA hooklog, projection FROM hooklog_projection;
    GRANT SELECT ON hooklog.event TO hooklog_projection;
    REVOKE SELECT ON hooklog.dead_letter FROM hooklog_projection;
END
$$;
