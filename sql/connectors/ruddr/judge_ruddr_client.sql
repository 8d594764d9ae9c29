-- Ruddr's rules for clients; see hooklog.judge_write(). A new key must be one client's; a client without one gets what its
-- name gives, with a number after it when that is taken, and with six letters and digits when several are.
CREATE OR REPLACE FUNCTION hooklog.judge_ruddr_client(
    workspace bigint, live boolean, own_id text, present jsonb, since timestamptz, usual jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    stem text := coalesce(
        nullif(trim(BOTH '-' FROM left(regexp_replace(lower(attributes ->> 'name'), '[^a-z0-9]+', '-', 'g'), 200)), ''),
        'client');
    derived text := stem;
    number integer := 1;
BEGIN
    IF attributes ->> 'key' <> coalesce(present ->> 'key', '')
        AND hooklog.holder_of(
            workspace, live, 'ruddr', 'client', 'slug', attributes ->> 'key', hooklog.document_id(present, 'id'))
            IS NOT NULL THEN
        RETURN '{"outcome": "taken", "field": "key"}';
    ELSIF present IS NULL AND NOT attributes ? 'key' THEN
        WHILE hooklog.holder_of(workspace, live, 'ruddr', 'client', 'slug', derived, NULL) IS NOT NULL LOOP
            number := number + 1;
            derived := stem || '-' || CASE WHEN number > 5 THEN substr(hooklog.new_id(), 2, 6) ELSE number::text END;
        END LOOP;
        attributes := attributes || jsonb_build_object('key', derived);
    END IF;
    RETURN jsonb_build_object('attributes', hooklog.known_references(
        present, attributes, '{practice,owner,invoicePaymentTerm,salesRepresentative,businessUnit,tags}'));
END
$$;
