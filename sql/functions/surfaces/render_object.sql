-- An object as its vendor's surface shows it: the document after the surface's template (see hooklog.render_value()), with
-- what it tells of other objects as those are now.
-- expanded: the name of a reference that is shown as the object it leads to, or NULL.
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
BEGIN
    RETURN hooklog.render_value(
        template,
        document || coalesce(hooklog.related_objects(workspace, live, system, entity_type, document, expanded), '{}'));
END
$$;
