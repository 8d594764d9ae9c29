-- Piriod's rules for customers; see hooklog.judge_write(). A new one says whether it is test data, and without a currency
-- has its country's; a state is one of the customer's country, so it goes with a country that goes.
CREATE OR REPLACE FUNCTION hooklog.judge_piriod_customer(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    written jsonb := hooklog.known_references(write, '{country,state}');
    country constant jsonb := coalesce(written #> '{country,id}', write.present #> '{country,id}', 'null');
BEGIN
    IF write.present IS NULL THEN
        written := jsonb_build_object(
            'currency', coalesce(written #> '{country,currencies,0}', 'null'), 'test_mode', NOT write.live) || written;
    END IF;
    IF country <> write.present #> '{country,id}'
        AND NOT written ? 'state'
        AND jsonb_typeof(write.present -> 'state') = 'object' THEN
        written := written || '{"state": null}';
    END IF;
    IF jsonb_typeof(written -> 'state') = 'object'
        AND (written -> 'state' IS DISTINCT FROM write.present -> 'state' OR country <> write.present #> '{country,id}') THEN
        written := jsonb_set(written, '{state,country}', country);
    END IF;
    RETURN jsonb_build_object('attributes', written);
END
$$;
