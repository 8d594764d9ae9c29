-- PATCH /onboardings/{id}: changes attributes of an onboarding, in one statement. See hooklog.start_command() and
-- hooklog.begin_command(). The onboarding is named by display_id or, when that is NULL, by id.
--
-- attributes has been validated. What is the same as before is no change; without a change there is no event.
-- A change of phase or state is told by events of their own; see hooklog.onboarding_facts().
-- outcome: what start_command() says, not_found or ok; status, body and log_position are the answer's.
CREATE OR REPLACE FUNCTION hooklog.command_update_onboarding(
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
    at timestamptz;
    facts record;
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
    SELECT f.entity_id, f.display_id, f.document, f.updated_at, f.deleted_at INTO target
    FROM hooklog.find_onboarding(workspace, started.livemode, wanted_display_id, wanted_id) AS f;
    IF target.entity_id IS NULL OR target.deleted_at IS NOT NULL THEN
        outcome := 'not_found';
        RETURN;
    END IF;
    at := clock_timestamp();
    document := hooklog.onboarding_shown(target.document);
    SELECT c.changes, c.previous INTO changed
    FROM hooklog.changed_attributes(document, hooklog.onboarding_attributes(document, attributes, at)) AS c;
    IF changed.changes IS NOT NULL THEN
        SELECT
            array_agg(f.type ORDER BY f.nth) AS types,
            array_agg(target.document || changed.changes) AS documents,
            array_agg(f.previous_attributes ORDER BY f.nth) AS previous,
            array_agg(target.updated_at) AS since
        INTO facts
        FROM hooklog.onboarding_facts(changed.changes, changed.previous) AS f;
        log_position := hooklog.record_command(
            workspace, started.generation, started.livemode, key_id, at, facts.types, facts.documents, facts.previous,
            facts.since);
    END IF;
    status := 200;
    SELECT hooklog.render_onboarding(f.entity_id, f.document, f.created_at, f.updated_at) INTO body
    FROM hooklog.find_onboarding(workspace, started.livemode, NULL, target.entity_id) AS f;
END
$$;
