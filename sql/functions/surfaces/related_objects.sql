-- What a document tells of other objects, as those are now: the members to replace, or NULL for none.
CREATE OR REPLACE FUNCTION hooklog.related_objects(
    workspace bigint, live boolean, system text, entity_type text, document jsonb, expanded text
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kind constant text := system || '/' || entity_type;
BEGIN
    IF kind = 'ruddr/contact' THEN
        RETURN hooklog.current_tags(workspace, live, document);
    ELSIF kind = 'stuut/internal_contact_assignment' THEN
        RETURN (
            SELECT jsonb_build_object('internal_contact', f.document)
            FROM hooklog.find_object(
                workspace, live, system, 'internal_contact',
                hooklog.document_id(document -> 'internal_contact', 'id')) AS f
        );
    ELSIF kind = 'piriod/customer' THEN
        RETURN jsonb_build_object(
            'contacts', hooklog.customer_contacts(workspace, live, document), 'test_mode', NOT live);
    ELSIF kind = 'piriod/contact' AND expanded = 'orgunit' THEN
        RETURN (
            SELECT jsonb_build_object('orgunit', f.document)
            FROM hooklog.find_object(
                workspace, live, system, 'orgunit', hooklog.reference_id(document, 'orgunit')) AS f
            WHERE f.deleted_at IS NULL
        );
    END IF;
    RETURN NULL;
END
$$;
