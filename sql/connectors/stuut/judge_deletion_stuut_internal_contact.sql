-- What goes with an internal contact of Stuut's that is deleted: the person's assignments, each as an event of its own. See
-- hooklog.judge_write(). Relies on the internal_contact_id index of hooklog.internal_contact_assignment; for the range see
-- hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.judge_deletion_stuut_internal_contact(
    workspace bigint, live boolean, own_id text, present jsonb, since timestamptz, usual jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_variable
BEGIN
    RETURN (
        SELECT jsonb_build_object('before', coalesce(
            jsonb_agg(jsonb_build_object(
                'type', 'internal_contact_assignment.deleted',
                'object_id', a.entity_id,
                'document', a.document,
                'since', a.updated_at)),
            '[]'))
        FROM (
            SELECT t.entity_id, t.document, t.updated_at
            FROM hooklog.internal_contact_assignment AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = live
                AND t.system = 'stuut'
                AND t.internal_contact_id BETWEEN own_id AND own_id
                AND t.deleted_at IS NULL
            ORDER BY t.internal_contact_id, t.created_at, t.first_position
        ) AS a
    );
END
$$;
