-- Ruddr's rules for clients; see hooklog.judge_write(). A new key must be one client's; a client without one gets what its
-- name gives, with a number after it when that is taken, and with six letters and digits when several are.
CREATE OR REPLACE FUNCTION hooklog.judge_ruddr_client(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    stem text := coalesce(
        nullif(trim(BOTH '-' FROM left(regexp_replace(lower(write.attributes ->> 'name'), '[^a-z0-9]+', '-', 'g'), 200)), ''),
        'client');
    derived text := stem;
    number integer := 1;
BEGIN
    IF write.attributes ->> 'key' <> coalesce(write.present ->> 'key', '')
        AND hooklog.holder_of(write, 'slug', write.attributes ->> 'key') IS NOT NULL THEN
        RETURN '{"outcome": "taken", "field": "key"}';
    ELSIF write.present IS NULL AND NOT write.attributes ? 'key' THEN
        WHILE hooklog.holder_of(write, 'slug', derived) IS NOT NULL LOOP
            number := number + 1;
            derived := stem || '-' || CASE WHEN number > 5 THEN substr(hooklog.new_id(), 2, 6) ELSE number::text END;
        END LOOP;
        write.attributes := write.attributes || jsonb_build_object('key', derived);
    END IF;
    RETURN jsonb_build_object('attributes', hooklog.known_references(
        write, '{practice,owner,invoicePaymentTerm,salesRepresentative,businessUnit,tags}'));
END
$$;
