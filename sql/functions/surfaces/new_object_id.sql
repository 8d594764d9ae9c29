-- A new id of a form (see hooklog.surface_kind()), as the document of the object that is written has it. A whole number is one
-- of a range of its own, far beyond what a vendor counts up to and within what every client can hold, so that it never is the
-- vendor's next one; the caller holds the present, so nobody else takes it. Relies on the primary key of the kind's table.
CREATE OR REPLACE FUNCTION hooklog.new_object_id(write hooklog.object_write, form text) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    number bigint;
BEGIN
    IF form = 'uuid' THEN
        RETURN to_jsonb(gen_random_uuid());
    ELSIF form <> 'integer' THEN
        RETURN to_jsonb(form || substr(hooklog.new_id(), 2));
    END IF;
    LOOP
        number := 1000000000000000 + floor(random() * 8000000000000000)::bigint;
        EXIT WHEN NOT EXISTS (
            SELECT
            FROM hooklog.find_object(write.workspace, write.live, write.system, write.entity_type, number::text)
        );
    END LOOP;
    RETURN to_jsonb(number);
END
$$;
