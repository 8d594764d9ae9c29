-- The kinds of objects that a system has and the directory reads; NULL for a sender whose events are only logged.
CREATE OR REPLACE FUNCTION hooklog.entity_types(connector text) RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE connector
        WHEN 'pivotal' THEN ARRAY['customer', 'contact', 'onboarding', 'task']
        WHEN 'piriod' THEN ARRAY['customer', 'contact', 'orgunit']
        WHEN 'stuut' THEN ARRAY['partner', 'partner_contact', 'internal_contact', 'internal_contact_assignment']
        WHEN 'ruddr' THEN ARRAY['client', 'contact', 'company', 'contact_tag']
    END
$$;
