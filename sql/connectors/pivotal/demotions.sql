-- The events by which the other primary contacts of a customer stop being primary, as hooklog.record_objects() takes
-- them. Relies on the customer_id index of hooklog.contact; for the range see hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.demotions(
    workspace bigint, live boolean, parent text, own_id text, at timestamptz
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_column
BEGIN
    RETURN (
        SELECT coalesce(
            jsonb_agg(hooklog.told_event(
                'contact.updated', p.document || '{"is_primary": false}', '{"is_primary": true}', p.updated_at, at)),
            '[]')
        FROM (
            SELECT t.document, t.updated_at
            FROM hooklog.contact AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = live
                AND t.system = 'pivotal'
                AND t.customer_id BETWEEN parent AND parent
                AND t.is_primary
                AND t.entity_id IS DISTINCT FROM own_id
                AND t.deleted_at IS NULL
            ORDER BY t.customer_id, t.created_at, t.first_position
        ) AS p
    );
END
$$;
