-- The attributes of a customer with what follows from a status: the flags that Pivotal's webhooks carry.
CREATE OR REPLACE FUNCTION hooklog.customer_attributes(attributes jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN attributes ? 'status' THEN attributes || jsonb_build_object(
            'at_risk', attributes ->> 'status' = 'at_risk',
            'churned', attributes ->> 'status' = 'churned')
        ELSE attributes
    END
$$;
