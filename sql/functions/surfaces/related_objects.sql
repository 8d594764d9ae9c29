-- What a document tells of other objects, as those are now: the members to replace, or NULL for none. What it is for a kind
-- of a vendor's is hooklog.related_VENDOR_KIND().
-- for: kinds = @connectors/*/related_*
CREATE OR REPLACE FUNCTION hooklog.related_objects(
    workspace bigint, live boolean, system text, entity_type text, document jsonb, expanded text
) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    CASE system || '_' || entity_type
<kinds:        WHEN '*' THEN
            RETURN hooklog.related_*(workspace, live, document, expanded);
>        ELSE
            RETURN NULL;
    END CASE;
END
$$;
