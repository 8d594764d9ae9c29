-- What a vendor's own rules say of a write, in the present that the caller holds: a JSON object with
--     outcome     why it is refused: missing, taken, unknown_reference, limit_reached, parent_not_found; then field and
--                 detail say more
--     attributes  what is written, with what the rules add to it
--     found       the id of the object that is there already, or that the further events make or change, instead of one
--                 to create or change
--     before      further events, which come first, of the form that hooklog.record_objects() takes
-- A vendor's rules for a kind are hooklog.judge_VENDOR_KIND(), those for deletions
-- hooklog.judge_deletion_VENDOR_KIND(); where there is none, everything goes.
-- verb: create, update or delete; own_id, present, since: the object's id, its document and when that last changed, NULL
-- before it is created; usual: what a new object has of itself; attributes: what is asked for. Sorting is off for the ranges
-- in the rules, see hooklog.find_object().
-- for: judges = @connectors/*/judge_*
CREATE OR REPLACE FUNCTION hooklog.judge_write(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql VOLATILE
SET enable_sort = off
AS $$
DECLARE
    rules constant text :=
        CASE write.verb WHEN 'delete' THEN 'deletion_' ELSE '' END || write.system || '_' || write.entity_type;
BEGIN
    CASE rules
<judges:        WHEN '*' THEN
            RETURN hooklog.judge_*(write);
>        ELSE
            RETURN jsonb_build_object('attributes', write.attributes);
    END CASE;
END
$$;
