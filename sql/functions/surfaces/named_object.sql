-- The id of the object that a path names: the name itself, where the vendor does not number its objects too. NULL when
-- there is none with the number.
CREATE OR REPLACE FUNCTION hooklog.named_object(
    workspace bigint, live boolean, system text, entity_type text, name text
) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE system || '/' || entity_type
        WHEN 'pivotal/contact' THEN hooklog.named_contact(workspace, live, name)
        WHEN 'pivotal/customer' THEN hooklog.named_customer(workspace, live, name)
        WHEN 'pivotal/onboarding' THEN hooklog.named_onboarding(workspace, live, name)
        ELSE name
    END
$$;
