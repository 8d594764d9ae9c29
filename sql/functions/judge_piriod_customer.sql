-- Piriod's rules for customers; see hooklog.judge_write(). A new one without a currency has its country's; a state is one
-- of the customer's country.
CREATE OR REPLACE FUNCTION hooklog.judge_piriod_customer(present jsonb, attributes jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object(
        'attributes',
        CASE WHEN present IS NULL
            THEN jsonb_build_object('currency', coalesce(attributes #> '{country,currencies,0}', 'null'))
            ELSE '{}'
        END
        || attributes
        || CASE WHEN jsonb_typeof(attributes -> 'state') = 'object'
            THEN jsonb_build_object('state', attributes -> 'state' || jsonb_build_object(
                'country', coalesce(attributes #> '{country,id}', present #> '{country,id}', 'null')))
            ELSE '{}'
        END)
$$;
