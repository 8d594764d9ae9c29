-- The contacts of a customer of Piriod's, oldest first, and whether it is test data; see hooklog.render_object(). Contacts
-- are those in the directory that are not deleted, and those that only the customer's document tells of, which is all there
-- is of them when nothing ever told of the contacts themselves. Sorting is off for hooklog.contacts_of().
CREATE OR REPLACE FUNCTION hooklog.related_piriod_customer(
    workspace bigint, live boolean, document jsonb, expanded text
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET enable_sort = off
AS $$
#variable_conflict use_variable
DECLARE
    parent constant text := hooklog.document_id(document, 'id');
    kind hooklog.object_kind;
    contacts jsonb;
BEGIN
    SELECT k.* INTO STRICT kind FROM hooklog.surface_kind('piriod', 'contact') AS k;
    SELECT coalesce(jsonb_agg(hooklog.dated_document(t.document, t.entity_id, t.created_at, t.updated_at, kind)), '[]')
    INTO contacts
    FROM hooklog.contacts_of(workspace, live, 'piriod', parent) AS t;
    IF jsonb_typeof(document -> 'contacts') = 'array' THEN
        contacts := contacts || (
            SELECT coalesce(jsonb_agg(e.contact ORDER BY e.ordinal), '[]')
            FROM jsonb_array_elements(document -> 'contacts') WITH ORDINALITY AS e (contact, ordinal)
            WHERE NOT EXISTS (
                SELECT
                FROM hooklog.find_object(
                    workspace, live, 'piriod', 'contact', hooklog.document_id(e.contact, 'id')) AS f
            )
        );
    END IF;
    RETURN jsonb_build_object('contacts', contacts, 'test_mode', NOT live);
END
$$;
