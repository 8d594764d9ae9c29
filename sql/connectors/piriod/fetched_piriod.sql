-- The entity type of the object that a thin event of Piriod's tells of; see hooklog.fetched_type(). Its API has them at the
-- type's plural: /customers/{id}/.
-- The signature covers type and id as one text, so whoever has a delivery can move the border between them. An id must
-- therefore begin as the vendor's do, which no other border allows for the types whose deletions are believed.
CREATE OR REPLACE FUNCTION hooklog.fetched_piriod(type text, id text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN type !~ '^[A-Za-z_]+[.][a-z_]+$' OR octet_length(id) > 200 THEN NULL
        WHEN t.name = 'customer' AND id ~ '^cus_[A-Za-z0-9]+$' THEN 'customer'
        WHEN t.name = 'contact' AND id ~ '^con_[A-Za-z0-9]+$' THEN 'contact'
        WHEN t.name IN ('orgunit', 'organisationunit', 'organizationunit') AND id ~ '^[1-9][0-9]{0,17}$' THEN 'orgunit'
        WHEN t.name IN (
                'addon', 'coupon', 'creditnote', 'debitnote', 'invoice', 'order', 'payment', 'plan', 'product', 'retention',
                'source', 'subscription', 'usage')
            AND id ~ '^[a-z]{2,8}_[A-Za-z0-9]+$'
            THEN t.name
    END
    FROM (SELECT replace(lower(split_part(type, '.', 1)), '_', '') AS name) AS t
$$;
