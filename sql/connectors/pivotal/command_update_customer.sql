-- PATCH /customers/{id}: changes attributes of a customer, in one statement. See hooklog.start_command() and
-- hooklog.begin_command(). The customer is named by display_id or, when that is NULL, by id.
--
-- attributes has been validated. What is the same as before is no change; without a change there is no event.
-- A change of status to at_risk, churned or archived is told by an event of that name too.
-- outcome: what start_command() says, not_found, slug_taken or ok; status, body and log_position are the answer's.
CREATE OR REPLACE FUNCTION hooklog.command_update_customer(
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
    types text[] := ARRAY['customer.updated'];
    document jsonb;
BEGIN
    is_replay := false;
    SELECT s.outcome, s.livemode, s.generation, s.log_position, s.status, s.body INTO started
    FROM hooklog.start_command(workspace, key_id, key_sha256) AS s;
    outcome := started.outcome;
    log_position := started.log_position;
    IF outcome <> 'ok' THEN
        RETURN;
    END IF;
    SELECT f.entity_id, f.display_id, f.document, f.updated_at, f.deleted_at, f.status INTO target
    FROM hooklog.find_customer(workspace, started.livemode, wanted_display_id, wanted_id) AS f;
    IF target.entity_id IS NULL OR target.deleted_at IS NOT NULL THEN
        outcome := 'not_found';
        RETURN;
    END IF;
    SELECT c.changes, c.previous INTO changed
    FROM hooklog.changed_attributes(
        target.document || jsonb_build_object(
            'status', target.status,
            'at_risk', coalesce(hooklog.boolean(target.document, 'at_risk'), false),
            'churned', coalesce(hooklog.boolean(target.document, 'churned'), false)),
        hooklog.customer_attributes(attributes)) AS c;
    IF changed.changes ? 'slug'
        AND hooklog.is_slug_taken(workspace, started.livemode, changed.changes ->> 'slug', target.entity_id) THEN
        outcome := 'slug_taken';
        RETURN;
    END IF;
    IF changed.changes IS NOT NULL THEN
        IF changed.changes ->> 'status' IN ('at_risk', 'churned', 'archived') THEN
            types := types || ('customer.' || (changed.changes ->> 'status'));
        END IF;
        document := target.document || changed.changes;
        log_position := hooklog.record_command(
            workspace, started.generation, started.livemode, key_id, clock_timestamp(), types,
            array_fill(document, ARRAY[cardinality(types)]),
            array_fill(changed.previous, ARRAY[cardinality(types)]),
            array_fill(target.updated_at, ARRAY[cardinality(types)]));
    END IF;
    status := 200;
    SELECT hooklog.render_customer(f.entity_id, f.document, f.status, f.created_at, f.updated_at) INTO body
    FROM hooklog.find_customer(workspace, started.livemode, NULL, target.entity_id) AS f;
END
$$;
