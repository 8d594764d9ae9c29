-- The id of the object that a path names: the name itself, unless the vendor says otherwise, by hooklog.named_VENDOR().
-- NULL when there is no such object.
-- for: vendors = @connectors/*/named_*
CREATE OR REPLACE FUNCTION hooklog.named_object(
    workspace bigint, live boolean, system text, entity_type text, name text
) RETURNS text
LANGUAGE sql STABLE AS $$
    SELECT CASE system
<vendors:        WHEN '*' THEN hooklog.named_*(workspace, live, entity_type, name)
>        ELSE name
    END
$$;
