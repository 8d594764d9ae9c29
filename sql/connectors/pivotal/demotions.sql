-- The events by which the other primary contacts of a customer stop being primary, as hooklog.record_command() takes
-- them; empty arrays when there is none. Relies on the customer_id index of hooklog.contact.
CREATE OR REPLACE FUNCTION hooklog.demotions(
    workspace bigint,
    live boolean,
    parent text,
    own_id text,
    OUT types text[],
    OUT documents jsonb[],
    OUT previous jsonb[],
    OUT since timestamptz[]
)
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_column
BEGIN
    SELECT
        coalesce(array_agg('contact.updated'::text), '{}'),
        coalesce(array_agg(p.document || '{"is_primary": false}'), '{}'),
        coalesce(array_agg('{"is_primary": true}'::jsonb), '{}'),
        coalesce(array_agg(p.updated_at), '{}')
    INTO demotions.types, demotions.documents, demotions.previous, demotions.since
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
    ) AS p;
END
$$;
