-- What Stuut calls its customers; see hooklog.customer_type().
CREATE OR REPLACE FUNCTION hooklog.customers_stuut() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'partner'
$$;
