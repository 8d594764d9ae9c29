-- The contacts of a Piriod customer, oldest first: those in the directory that are not deleted, and those that only the
-- customer's document tells of, which is all there is of them when nothing ever told of the contacts themselves.
-- Relies on the customer_id index of hooklog.contact.
CREATE OR REPLACE FUNCTION hooklog.customer_contacts(workspace bigint, live boolean, customer jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_variable
DECLARE
    parent constant text := hooklog.document_id(customer, 'id');
    known jsonb;
BEGIN
    SELECT coalesce(jsonb_agg(c.document), '[]') INTO known
    FROM (
        SELECT
            hooklog.dated_document(
                t.document, t.entity_id, t.created_at, t.updated_at, 'created', 'updated', true) AS document
        FROM hooklog.contact AS t
        WHERE t.workspace_id = workspace
            AND t.livemode = live
            AND t.system = 'piriod'
            AND t.customer_id BETWEEN parent AND parent
            AND t.deleted_at IS NULL
        ORDER BY t.customer_id, t.created_at, t.first_position
    ) AS c;
    IF jsonb_typeof(customer -> 'contacts') IS DISTINCT FROM 'array' OR customer -> 'contacts' = '[]' THEN
        RETURN known;
    END IF;
    RETURN known || (
        SELECT coalesce(jsonb_agg(e.contact ORDER BY e.ordinal), '[]')
        FROM jsonb_array_elements(customer -> 'contacts') WITH ORDINALITY AS e (contact, ordinal)
        WHERE NOT EXISTS (
            SELECT
            FROM hooklog.find_object(
                workspace, live, 'piriod', 'contact', hooklog.document_id(e.contact, 'id')) AS f
        )
    );
END
$$;
