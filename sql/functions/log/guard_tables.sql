-- Gives the trigger that refuses changes to every table of the log and its ledger that lacks it. See
-- hooklog.refuse_change(). Waits for appends in flight; inserts fire no such trigger.
CREATE OR REPLACE FUNCTION hooklog.guard_tables() RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    unguarded regclass;
BEGIN
    FOR unguarded IN SELECT u FROM hooklog.unguarded_tables() AS u LOOP
        EXECUTE format(
            'CREATE OR REPLACE TRIGGER refuse_change BEFORE UPDATE OR DELETE OR TRUNCATE ON %s'
                ' FOR EACH STATEMENT EXECUTE FUNCTION hooklog.refuse_change()',
            unguarded);
    END LOOP;
END
$$;
