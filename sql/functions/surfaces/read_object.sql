-- One object of a vendor's surface, by id, and below another one if the path says so.
--
-- outcome: what hooklog.authenticate_surface() says, parent_not_found, not_found or ok; body: the answer's JSON when it is
-- ok. template and expanded: see hooklog.render_object(). Relies on the primary key of the kind's table.
CREATE OR REPLACE FUNCTION hooklog.read_object(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    workspace_name text,
    asks_test boolean,
    system text,
    entity_type text,
    wanted_id text,
    parent_type text,
    parent_id text,
    template json,
    expanded text,
    OUT outcome text,
    OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    live boolean;
BEGIN
    SELECT a.outcome, a.livemode INTO outcome, live
    FROM hooklog.authenticate_surface(workspace, key_id, key_sha256, workspace_name, asks_test, system) AS a;
    IF outcome <> 'ok' THEN
        RETURN;
    ELSIF parent_type IS NOT NULL
        AND NOT hooklog.has_object(workspace, live, system, parent_type, parent_id) THEN
        outcome := 'parent_not_found';
        RETURN;
    END IF;
    SELECT hooklog.render_object(workspace, live, system, entity_type, f.document, template, expanded)
    INTO body
    FROM hooklog.find_object(workspace, live, system, entity_type, wanted_id) AS f
    WHERE f.deleted_at IS NULL
        AND hooklog.belongs_to(f.document, parent_type, parent_id);
    IF body IS NULL THEN
        outcome := 'not_found';
    END IF;
END
$$;
