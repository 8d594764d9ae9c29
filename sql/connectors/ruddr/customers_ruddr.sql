-- What Ruddr calls its customers; see hooklog.customer_type().
CREATE OR REPLACE FUNCTION hooklog.customers_ruddr() RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 'client'
$$;
