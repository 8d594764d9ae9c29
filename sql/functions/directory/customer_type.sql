-- What a system calls its customers: the entity type behind a row of hooklog.customer.
CREATE OR REPLACE FUNCTION hooklog.customer_type(system text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE system WHEN 'stuut' THEN 'partner' WHEN 'ruddr' THEN 'client' ELSE 'customer' END
$$;
