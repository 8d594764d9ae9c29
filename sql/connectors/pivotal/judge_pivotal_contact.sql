-- Pivotal's rules for contacts; see hooklog.judge_write(). An e-mail address must be one contact's of the customer. A contact
-- that becomes primary takes the place of the one before, whose demotion is an event of its own. Relies on the e-mail index of
-- hooklog.contact.
CREATE OR REPLACE FUNCTION hooklog.judge_pivotal_contact(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    fresh constant jsonb := '{"title": null, "is_primary": false, "labels": []}';
    parent constant text := hooklog.document_id(coalesce(write.present, write.attributes), 'customer_id');
    at constant timestamptz := clock_timestamp();
    changes jsonb := write.attributes;
    wanted_email text;
    previous jsonb;
    document jsonb;
    demotions jsonb;
BEGIN
    IF write.present IS NOT NULL THEN
        SELECT c.changes, c.previous INTO changes, previous
        FROM hooklog.changed_attributes(fresh || write.present, write.attributes) AS c;
        IF changes IS NULL THEN
            RETURN jsonb_build_object('found', write.own_id);
        END IF;
    END IF;
    wanted_email := hooklog.email_key(changes ->> 'email');
    PERFORM
    FROM hooklog.contact AS t
    WHERE t.workspace_id = write.workspace
        AND t.livemode = write.live
        AND t.system = 'pivotal'
        AND t.email BETWEEN wanted_email AND wanted_email
        AND t.customer_id IS NOT DISTINCT FROM parent
        AND t.entity_id IS DISTINCT FROM write.own_id
        AND t.deleted_at IS NULL
    ORDER BY t.email
    LIMIT 1;
    IF FOUND THEN
        RETURN '{"outcome": "taken", "field": "email"}';
    END IF;
    IF (changes -> 'is_primary')::boolean THEN
        SELECT jsonb_agg(hooklog.told_event(
            'contact.updated', t.document || '{"is_primary": false}', '{"is_primary": true}', t.updated_at, at))
        INTO demotions
        FROM hooklog.contacts_of(write.workspace, write.live, 'pivotal', parent) AS t
        WHERE t.is_primary
            AND t.entity_id IS DISTINCT FROM write.own_id;
    END IF;
    document := coalesce(
        write.present,
        fresh || jsonb_build_object(
            'id', hooklog.new_id(), 'display_id', hooklog.next_contact_id(write.workspace, write.live)))
        || changes;
    RETURN jsonb_build_object(
        'found', coalesce(write.own_id, document ->> 'id'),
        'before', coalesce(demotions, '[]') || hooklog.told_event(
            CASE WHEN write.present IS NULL THEN 'contact.created' ELSE 'contact.updated' END, document, previous,
            write.since, at));
END
$$;
