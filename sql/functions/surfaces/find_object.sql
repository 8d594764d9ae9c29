-- An object of a vendor's surface by its id, also one that is deleted; no row when there is none. The document has what
-- it lacks of the id and the times (see hooklog.surface_kind()).
CREATE OR REPLACE FUNCTION hooklog.find_object(
    workspace bigint, live boolean, system text, entity_type text, wanted_id text
) RETURNS TABLE (
    entity_id text, document jsonb, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz,
    first_position bigint
)
LANGUAGE plpgsql STABLE ROWS 1
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    kind record;
    target record;
BEGIN
    SELECT k.read_model, k.created_key, k.updated_key, k.is_touched INTO STRICT kind
    FROM hooklog.surface_kind(system, entity_type) AS k;
    CASE kind.read_model
        WHEN 'company' THEN
            SELECT * INTO target FROM hooklog.kept_company(workspace, live, system, entity_type, wanted_id);
        WHEN 'contact' THEN
            SELECT * INTO target FROM hooklog.kept_contact(workspace, live, system, entity_type, wanted_id);
        WHEN 'contact_tag' THEN
            SELECT * INTO target FROM hooklog.kept_contact_tag(workspace, live, system, entity_type, wanted_id);
        WHEN 'customer' THEN
            SELECT * INTO target FROM hooklog.kept_customer(workspace, live, system, entity_type, wanted_id);
        WHEN 'internal_contact' THEN
            SELECT * INTO target FROM hooklog.kept_internal_contact(workspace, live, system, entity_type, wanted_id);
        WHEN 'internal_contact_assignment' THEN
            SELECT * INTO target
            FROM hooklog.kept_internal_contact_assignment(workspace, live, system, entity_type, wanted_id);
        WHEN 'onboarding' THEN
            SELECT * INTO target FROM hooklog.kept_onboarding(workspace, live, system, entity_type, wanted_id);
        WHEN 'org_unit' THEN
            SELECT * INTO target FROM hooklog.kept_org_unit(workspace, live, system, entity_type, wanted_id);
    END CASE;
    IF target.entity_id IS NULL THEN
        RETURN;
    END IF;
    RETURN QUERY
    SELECT
        target.entity_id,
        hooklog.dated_document(
            target.document, target.entity_id, target.created_at, target.updated_at, kind.created_key, kind.updated_key,
            kind.is_touched),
        target.created_at,
        target.updated_at,
        target.deleted_at,
        target.first_position;
END
$$;
