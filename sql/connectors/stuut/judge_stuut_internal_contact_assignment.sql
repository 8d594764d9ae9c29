-- Stuut's rules for a new assignment; see hooklog.judge_write(). The person is found by e-mail address, however it is
-- written, and left as it is, or made; who has the role at the partner already is not given it again.
CREATE OR REPLACE FUNCTION hooklog.judge_stuut_internal_contact_assignment(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    role constant jsonb := jsonb_build_object(
        'internal_role', write.attributes -> 'internal_role',
        'partner_id', coalesce(write.attributes -> 'partner_id', 'null'));
    person hooklog.object_write := write;
    person_id text;
    made jsonb := '[]';
    found_id text;
BEGIN
    IF write.present IS NOT NULL THEN
        RETURN jsonb_build_object('attributes', write.attributes);
    END IF;
    person.entity_type := 'internal_contact';
    person.usual := write.usual -> 'internal_contact';
    person.attributes := write.attributes - '{internal_role,partner_id}'::text[];
    person_id := hooklog.holder_of(person, 'email', hooklog.email_key(write.attributes ->> 'email'));
    IF person_id IS NULL THEN
        made := hooklog.object_event(person);
        person.present := made #> '{0,document}';
    ELSE
        SELECT f.document INTO person.present
        FROM hooklog.find_object(write.workspace, write.live, 'stuut', 'internal_contact', person_id) AS f;
        SELECT t.entity_id INTO found_id
        FROM hooklog.internal_contact_assignments_of(write.workspace, write.live, 'stuut', person_id) AS t
        WHERE t.internal_role = role ->> 'internal_role'
            AND t.partner_id IS NOT DISTINCT FROM role ->> 'partner_id'
        LIMIT 1;
    END IF;
    IF found_id IS NOT NULL THEN
        RETURN jsonb_build_object('found', found_id);
    END IF;
    RETURN jsonb_build_object('before', made, 'attributes', role || jsonb_build_object('internal_contact', person.present));
END
$$;
