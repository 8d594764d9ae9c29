-- Stuut's rules for internal contacts; see hooklog.judge_write(). A new e-mail address must be one person's,
-- however it is written. With a person go the person's assignments, each as an event of its own.
CREATE OR REPLACE FUNCTION hooklog.judge_stuut_internal_contact(
    workspace bigint, live boolean, verb text, present jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_variable
DECLARE
    person_id constant text := hooklog.document_id(present, 'id');
BEGIN
    IF verb = 'delete' THEN
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
                    AND t.internal_contact_id BETWEEN person_id AND person_id
                    AND t.deleted_at IS NULL
                ORDER BY t.internal_contact_id, t.created_at, t.first_position
            ) AS a
        );
    ELSIF hooklog.email_key(attributes ->> 'email') <> coalesce(hooklog.email_key(present ->> 'email'), '')
        AND hooklog.holder_of(
            workspace, live, 'stuut', 'internal_contact', 'email', hooklog.email_key(attributes ->> 'email'),
            person_id)
            IS NOT NULL THEN
        RETURN '{"outcome": "taken", "field": "email"}';
    END IF;
    RETURN jsonb_build_object('attributes', attributes);
END
$$;
