-- The objects of a vendor's that hang on another one by a column of their table, without those that are deleted, oldest
-- first. Meant to be inlined, so that the caller's conditions and limits decide how much is read; sorting must be off there,
-- see hooklog.find_object(). Relies on the index of the column.
-- for: table = contact; column = customer_id; texts = org_unit_id; flags = is_primary
-- for: table = org_unit; column = customer_id; texts = ; flags =
-- for: table = internal_contact_assignment; column = internal_contact_id; texts = internal_role partner_id; flags =
CREATE OR REPLACE FUNCTION hooklog.<table>s_of(workspace bigint, live boolean, system text, parent_id text)
RETURNS TABLE (entity_id text, document jsonb, created_at timestamptz, updated_at timestamptz<texts:, * text><flags:, * boolean>)
LANGUAGE sql STABLE AS $$
    SELECT t.entity_id, t.document, t.created_at, t.updated_at<texts:, t.*><flags:, t.*>
    FROM hooklog.<table> AS t
    WHERE t.workspace_id = $1
        AND t.livemode = $2
        AND t.system = $3
        AND t.<column> BETWEEN $4 AND $4
        AND t.deleted_at IS NULL
    ORDER BY t.<column>, t.created_at, t.first_position
$$;
