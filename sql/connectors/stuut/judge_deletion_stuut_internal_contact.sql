-- What goes with an internal contact of Stuut's that is deleted: the person's assignments, each as an event of its own. See
-- hooklog.judge_write().
CREATE OR REPLACE FUNCTION hooklog.judge_deletion_stuut_internal_contact(write hooklog.object_write) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('before', coalesce(
        jsonb_agg(jsonb_build_object(
            'type', 'internal_contact_assignment.deleted',
            'object_id', a.entity_id,
            'document', a.document,
            'since', a.updated_at)),
        '[]'))
    FROM hooklog.internal_contact_assignments_of(write.workspace, write.live, 'stuut', write.own_id) AS a
$$;
