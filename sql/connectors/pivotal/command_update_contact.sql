-- PATCH /contacts/{id}: changes attributes of a contact, in one statement. See hooklog.start_command() and
-- hooklog.begin_command(). The contact is named by display_id or, when that is NULL, by id.
--
-- attributes has been validated. What is the same as before is no change; without a change there is no event.
-- A contact that becomes primary takes the place of the one before, whose demotion is an event of its own.
-- outcome: what start_command() says, not_found, email_taken or ok; status, body and log_position are the answer's.
CREATE OR REPLACE FUNCTION hooklog.command_update_contact(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    wanted_display_id bigint,
    wanted_id text,
    attributes jsonb,
    OUT outcome text,
    OUT status integer,
    OUT body json,
    OUT log_position bigint,
    OUT is_replay boolean
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET TimeZone = 'UTC'
SET lock_timeout = '2s'
AS $$
#variable_conflict use_column
DECLARE
    started record;
    target record;
    changed record;
    demoted record;
BEGIN
    is_replay := false;
    SELECT s.outcome, s.livemode, s.generation, s.log_position, s.status, s.body INTO started
    FROM hooklog.start_command(workspace, key_id, key_sha256) AS s;
    outcome := started.outcome;
    log_position := started.log_position;
    IF outcome <> 'ok' THEN
        RETURN;
    END IF;
    SELECT f.entity_id, f.display_id, f.document, f.updated_at, f.deleted_at, f.customer_id INTO target
    FROM hooklog.find_contact(workspace, started.livemode, wanted_display_id, wanted_id) AS f;
    IF target.entity_id IS NULL OR target.deleted_at IS NOT NULL THEN
        outcome := 'not_found';
        RETURN;
    END IF;
    SELECT c.changes, c.previous INTO changed
    FROM hooklog.changed_attributes(
        '{"title": null, "is_primary": false, "labels": []}' || target.document, attributes) AS c;
    IF changed.changes ? 'email' AND hooklog.is_email_taken(
        workspace, started.livemode, target.customer_id, changed.changes ->> 'email', target.entity_id) THEN
        outcome := 'email_taken';
        RETURN;
    END IF;
    IF changed.changes IS NOT NULL THEN
        SELECT d.types, d.documents, d.previous, d.since INTO demoted
        FROM hooklog.demotions(
            workspace, started.livemode,
            CASE WHEN (changed.changes -> 'is_primary')::boolean THEN target.customer_id END, target.entity_id) AS d;
        log_position := hooklog.record_command(
            workspace, started.generation, started.livemode, key_id, clock_timestamp(),
            demoted.types || 'contact.updated'::text,
            demoted.documents || (target.document || changed.changes),
            demoted.previous || changed.previous,
            demoted.since || target.updated_at);
    END IF;
    status := 200;
    SELECT hooklog.render_contact(f.entity_id, f.document, f.created_at, f.updated_at) INTO body
    FROM hooklog.find_contact(workspace, started.livemode, NULL, target.entity_id) AS f;
END
$$;
