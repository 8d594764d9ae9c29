-- DELETE /customers/{id}, /contacts/{id} and /onboardings/{id}: deletes an object, in one statement. See
-- hooklog.start_command() and hooklog.begin_command(). It is named by display_id or, when that is NULL, by id. One that
-- is deleted already is answered alike, without an event. What hangs on a customer stays; it leaves the lists with it.
--
-- entity_type: customer, contact or onboarding.
-- outcome: what start_command() says, not_found or ok; status, body and log_position are the answer's.
CREATE OR REPLACE FUNCTION hooklog.command_delete(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    wanted_display_id bigint,
    wanted_id text,
    entity_type text,
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
BEGIN
    is_replay := false;
    SELECT s.outcome, s.livemode, s.generation, s.log_position, s.status, s.body INTO started
    FROM hooklog.start_command(workspace, key_id, key_sha256) AS s;
    outcome := started.outcome;
    log_position := started.log_position;
    IF outcome <> 'ok' THEN
        RETURN;
    END IF;
    CASE entity_type
        WHEN 'customer' THEN
            SELECT f.entity_id, f.display_id, f.document, f.updated_at, f.deleted_at INTO target
            FROM hooklog.find_customer(workspace, started.livemode, wanted_display_id, wanted_id) AS f;
        WHEN 'contact' THEN
            SELECT f.entity_id, f.display_id, f.document, f.updated_at, f.deleted_at INTO target
            FROM hooklog.find_contact(workspace, started.livemode, wanted_display_id, wanted_id) AS f;
        WHEN 'onboarding' THEN
            SELECT f.entity_id, f.display_id, f.document, f.updated_at, f.deleted_at INTO target
            FROM hooklog.find_onboarding(workspace, started.livemode, wanted_display_id, wanted_id) AS f;
    END CASE;
    IF target.entity_id IS NULL THEN
        outcome := 'not_found';
        RETURN;
    END IF;
    IF target.deleted_at IS NULL THEN
        log_position := hooklog.record_command(
            workspace, started.generation, started.livemode, key_id, clock_timestamp(),
            ARRAY[entity_type || '.deleted'], ARRAY[target.document], ARRAY[NULL::jsonb], ARRAY[target.updated_at]);
    END IF;
    status := 200;
    body := json_build_object(
        'object', 'deleted', 'id', target.entity_id, 'display_id', target.display_id, 'deleted', true);
END
$$;
