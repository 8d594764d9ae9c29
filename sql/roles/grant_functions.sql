-- Functions that change something, or that run with their owner's rights, are the service's alone; the ones that only
-- read documents stay everybody's. Functions are PUBLIC's when they are made, so this runs after each replacement.
DO $$
DECLARE
    guarded regprocedure;
BEGIN
    FOR guarded IN
        SELECT p.oid::regprocedure
        FROM pg_proc AS p
        WHERE p.pronamespace = 'hooklog'::regnamespace
            AND p.prokind = 'f'
            AND (p.prosecdef OR p.provolatile = 'v')
    LOOP
        EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', guarded);
        IF to_regrole('hooklog_service') IS NOT NULL THEN
            EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO hooklog_service', guarded);
        END IF;
    END LOOP;
END
$$;
