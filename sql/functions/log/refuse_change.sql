-- The trigger that keeps the log and its ledger append-only, also against their owner. Maintenance by the owner, such as
-- erasing what must be erased, says so: SET LOCAL hooklog.maintenance = on.
CREATE OR REPLACE FUNCTION hooklog.refuse_change() RETURNS trigger
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    IF coalesce(current_setting('hooklog.maintenance', true), '') <> 'on' THEN
        RAISE EXCEPTION 'the log is append-only, so % of %.% is refused', TG_OP, TG_TABLE_SCHEMA, TG_TABLE_NAME
            USING ERRCODE = '42501', HINT = 'Maintenance by the owner says so: SET LOCAL hooklog.maintenance = on.';
    END IF;
    RETURN NULL;
END
$$;
