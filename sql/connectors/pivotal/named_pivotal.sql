-- The id of the object of Pivotal's that a path names; see hooklog.named_object().
-- for: kinds = contact customer onboarding
CREATE OR REPLACE FUNCTION hooklog.named_pivotal(workspace bigint, live boolean, entity_type text, name text) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE entity_type
<kinds:        WHEN '*' THEN hooklog.named_*(workspace, live, name)
>    END
$$;
