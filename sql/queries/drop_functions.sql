-- Drops the functions that are about to be made anew: CREATE OR REPLACE cannot change what a function returns, and leaves
-- those behind that are no more. In the migration's transaction, so that no other session ever misses one.
-- What something else depends on stays, to be replaced in place.
DO $$
DECLARE
    dropped regprocedure;
BEGIN
    FOR dropped IN
        SELECT p.oid
        FROM pg_proc AS p
        WHERE p.pronamespace = 'hooklog'::regnamespace
            AND p.prokind = 'f'
            AND NOT EXISTS (
                SELECT
                FROM pg_depend AS d
                WHERE d.refclassid = 'pg_proc'::regclass
                    AND d.refobjid = p.oid
            )
    LOOP
        EXECUTE format('DROP FUNCTION %s', dropped);
    END LOOP;
END
$$;
