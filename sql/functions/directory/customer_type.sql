-- What a system calls its customers: the entity type behind a row of hooklog.customer. hooklog.customers_VENDOR() says it
-- where it is another word than customer.
-- for: vendors = @connectors/*/customers_*
CREATE OR REPLACE FUNCTION hooklog.customer_type(system text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE system
<vendors:        WHEN '*' THEN hooklog.customers_*()
>        ELSE 'customer'
    END
$$;
