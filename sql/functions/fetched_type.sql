-- The entity type of the object that a thin event of a system tells of; NULL when it is not one that is fetched. The
-- vendor's API has them at the type's plural: /customers/{id}/. Never fails.
CREATE OR REPLACE FUNCTION hooklog.fetched_type(system text, type text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN system <> 'piriod' THEN NULL
        WHEN t.name IN ('organisationunit', 'organizationunit') THEN 'orgunit'
        WHEN t.name IN (
                'addon', 'contact', 'coupon', 'creditnote', 'customer', 'debitnote', 'invoice', 'order', 'orgunit',
                'payment', 'plan', 'product', 'retention', 'source', 'subscription', 'usage')
            THEN t.name
    END
    FROM (SELECT replace(lower(split_part(type, '.', 1)), '_', '') AS name) AS t
$$;
