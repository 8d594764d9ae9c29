-- Pivotal's rules for contacts; see hooklog.judge_write(). An e-mail address must be one contact's of the customer. A contact
-- that becomes primary takes the place of the one before, whose demotion is an event of its own.
CREATE OR REPLACE FUNCTION hooklog.judge_pivotal_contact(
    workspace bigint, live boolean, own_id text, present jsonb, since timestamptz, usual jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    fresh constant jsonb := '{"title": null, "is_primary": false, "labels": []}';
    parent constant text := hooklog.document_id(coalesce(present, attributes), 'customer_id');
    at constant timestamptz := clock_timestamp();
    changes jsonb := attributes;
    previous jsonb;
    document jsonb;
BEGIN
    IF present IS NOT NULL THEN
        SELECT c.changes, c.previous INTO changes, previous
        FROM hooklog.changed_attributes(fresh || present, attributes) AS c;
        IF changes IS NULL THEN
            RETURN jsonb_build_object('found', own_id);
        END IF;
    END IF;
    IF changes ? 'email' AND hooklog.is_email_taken(workspace, live, parent, changes ->> 'email', own_id) THEN
        RETURN '{"outcome": "taken", "field": "email"}';
    END IF;
    document := coalesce(
        present,
        fresh || jsonb_build_object('id', hooklog.new_id(), 'display_id', hooklog.next_contact_id(workspace, live)))
        || changes;
    RETURN jsonb_build_object(
        'found', coalesce(own_id, document ->> 'id'),
        'before', CASE
                WHEN (changes -> 'is_primary')::boolean THEN hooklog.demotions(workspace, live, parent, own_id, at)
                ELSE '[]'
            END
            || hooklog.told_event(
                CASE WHEN present IS NULL THEN 'contact.created' ELSE 'contact.updated' END, document, previous, since,
                at));
END
$$;
