-- Stuut's rules for a new assignment; see hooklog.judge_write(). The person is found by e-mail address, however it is
-- written, and left as it is, or made; who has the role at the partner already is not given it again.
CREATE OR REPLACE FUNCTION hooklog.judge_stuut_internal_contact_assignment(
    workspace bigint, live boolean, own_id text, present jsonb, since timestamptz, usual jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_variable
DECLARE
    role constant jsonb := jsonb_build_object(
        'internal_role', attributes -> 'internal_role', 'partner_id', coalesce(attributes -> 'partner_id', 'null'));
    person_id constant text := hooklog.holder_of(
        workspace, live, 'stuut', 'internal_contact', 'email', hooklog.email_key(attributes ->> 'email'), NULL);
    person jsonb;
    made jsonb := '[]';
    found_id text;
BEGIN
    IF present IS NOT NULL THEN
        RETURN jsonb_build_object('attributes', attributes);
    END IF;
    IF person_id IS NULL THEN
        made := hooklog.object_event(
            workspace, live, 'stuut', 'internal_contact', 'create', NULL, NULL, NULL, usual -> 'internal_contact',
            attributes - '{internal_role,partner_id}'::text[]);
        person := made #> '{0,document}';
    ELSE
        SELECT f.document INTO person
        FROM hooklog.find_object(workspace, live, 'stuut', 'internal_contact', person_id) AS f;
        SELECT t.entity_id INTO found_id
        FROM hooklog.internal_contact_assignment AS t
        WHERE t.workspace_id = workspace
            AND t.livemode = live
            AND t.system = 'stuut'
            AND t.internal_contact_id BETWEEN person_id AND person_id
            AND t.internal_role = role ->> 'internal_role'
            AND t.partner_id IS NOT DISTINCT FROM role ->> 'partner_id'
            AND t.deleted_at IS NULL
        ORDER BY t.internal_contact_id, t.created_at, t.first_position
        LIMIT 1;
    END IF;
    IF found_id IS NOT NULL THEN
        RETURN jsonb_build_object('found', found_id);
    END IF;
    RETURN jsonb_build_object('before', made, 'attributes', role || jsonb_build_object('internal_contact', person));
END
$$;
