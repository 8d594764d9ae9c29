-- An object as its vendor's surface shows it: the document after the surface's template (see hooklog.render_value()), with
-- what it tells of other objects as those are now: hooklog.related_VENDOR_KIND() gives the members to replace, or NULL for none.
-- expanded: the name of a reference that is shown as the object it leads to, or NULL.
-- for: kinds = @connectors/*/related_*
CREATE OR REPLACE FUNCTION hooklog.render_object(
    workspace bigint,
    live boolean,
    system text,
    entity_type text,
    document jsonb,
    template json,
    expanded text
) RETURNS json
LANGUAGE plpgsql STABLE AS $$
DECLARE
    related jsonb;
BEGIN
    CASE system || '_' || entity_type
<kinds:        WHEN '*' THEN
            related := hooklog.related_*(workspace, live, document, expanded);
>        ELSE
            NULL;
    END CASE;
    RETURN hooklog.render_value(template, document || coalesce(related, '{}'));
END
$$;
