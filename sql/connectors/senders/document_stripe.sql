-- The object of an event of Stripe's. See hooklog.document().
CREATE OR REPLACE FUNCTION hooklog.document_stripe(type text, payload jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT payload #> '{data,object}'
$$;
