-- A write of a vendor's surface, in one statement. See hooklog.start_command(); the vendor's own rules are
-- hooklog.judge_write()'s.
--
-- workspace_name  what the request calls the workspace; NULL when it does not
-- asks_test       whether a key for live data is to write test data
-- verb            create, update or delete
-- parent_type, parent_id   the object that it hangs on, by the path; NULL: none
-- attributes      validated, under the names that documents have; {} for a deletion
-- template        how the object is shown (see hooklog.render_value()), and what a new one has of itself
-- success_status  204 is answered without a body
--
-- What is the same as before is no change; without a change there is no event. What hangs on an object that is not there
-- cannot be reached either, only deleted.
-- The answer of a command that succeeded is stored if the request carried an idempotency key.
-- outcome: what start_command() says, foreign_workspace, parent_not_found, not_found, what judge_write() says (then with
-- field and detail), or ok; status, body and log_position are the answer's.
CREATE OR REPLACE FUNCTION hooklog.command_write_object(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    idempotency_key text,
    request_sha256 bytea,
    workspace_name text,
    asks_test boolean,
    endpoint text,
    system text,
    entity_type text,
    verb text,
    wanted_id text,
    parent_type text,
    parent_id text,
    attributes jsonb,
    template json,
    success_status integer,
    OUT outcome text,
    OUT status integer,
    OUT body json,
    OUT log_position bigint,
    OUT is_replay boolean,
    OUT field text,
    OUT detail text
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET TimeZone = 'UTC'
SET lock_timeout = '2s'
AS $$
#variable_conflict use_column
DECLARE
    started record;
    write hooklog.object_write;
    is_gone boolean;
    verdict jsonb;
    events jsonb := '[]';
BEGIN
    is_replay := false;
    SELECT s.outcome, s.livemode, s.generation, s.log_position, s.status, s.body INTO started
    FROM hooklog.start_command(
        workspace, key_id, key_sha256, endpoint, idempotency_key, request_sha256, system, asks_test) AS s;
    outcome := started.outcome;
    log_position := started.log_position;
    IF outcome IN ('ok', 'replayed') AND NOT hooklog.names_workspace(workspace, workspace_name) THEN
        outcome := 'foreign_workspace';
    END IF;
    IF outcome = 'replayed' THEN
        outcome := 'ok';
        is_replay := true;
        status := started.status;
        body := started.body;
        RETURN;
    ELSIF outcome <> 'ok' THEN
        RETURN;
    END IF;

    parent_id := hooklog.named_object(workspace, started.livemode, system, parent_type, parent_id);
    write := ROW(
        workspace, started.livemode, system, entity_type, verb, NULL, NULL, NULL, hooklog.template_values(template), attributes);
    IF verb <> 'create' THEN
        write.own_id := hooklog.named_object(workspace, started.livemode, system, entity_type, wanted_id);
        SELECT f.document, f.updated_at, f.deleted_at IS NOT NULL INTO write.present, write.since, is_gone
        FROM hooklog.find_object(workspace, started.livemode, system, entity_type, write.own_id) AS f
        CROSS JOIN LATERAL hooklog.surface_kind(system, entity_type) AS k
        WHERE (f.deleted_at IS NULL OR k.forgives AND verb = 'delete')
            AND hooklog.belongs_to(f.document, parent_type, parent_id);
    ELSIF parent_type IS NOT NULL THEN
        write.attributes := attributes || jsonb_build_object(parent_type || '_id', parent_id);
    END IF;
    IF parent_type IS NOT NULL
        AND (verb <> 'delete' OR write.present IS NULL)
        AND NOT hooklog.has_object(workspace, started.livemode, system, parent_type, parent_id) THEN
        outcome := 'parent_not_found';
        RETURN;
    ELSIF verb <> 'create' AND write.present IS NULL THEN
        outcome := 'not_found';
        RETURN;
    END IF;
    verdict := CASE
        WHEN is_gone THEN jsonb_build_object('found', write.own_id)
        ELSE hooklog.judge_write(write)
    END;
    IF verdict ? 'outcome' THEN
        outcome := verdict ->> 'outcome';
        field := verdict ->> 'field';
        detail := verdict ->> 'detail';
        RETURN;
    END IF;

    IF verdict ? 'found' THEN
        write.own_id := verdict ->> 'found';
    ELSE
        write.attributes := verdict -> 'attributes';
        events := hooklog.object_event(write);
        write.own_id := coalesce(write.own_id, events #>> '{0,object_id}');
    END IF;
    events := coalesce(verdict -> 'before', '[]') || events;
    IF events <> '[]' THEN
        log_position := hooklog.record_objects(
            workspace, started.generation, started.livemode, key_id, system, events);
    END IF;
    status := success_status;
    IF status <> 204 THEN
        body := hooklog.render_written(write, template);
        IF body IS NULL THEN
            RAISE EXCEPTION 'the object that was written is not there' USING ERRCODE = '55000';
        END IF;
    END IF;
    -- Over one that no longer counts.
    IF idempotency_key IS NOT NULL THEN
        INSERT INTO hooklog.stored_answer (
            workspace_id, livemode, endpoint, idempotency_key, request_sha256, status, body, position, stored_at
        )
        VALUES (
            workspace, started.livemode, endpoint, idempotency_key, request_sha256, status, body::text, log_position,
            clock_timestamp()
        )
        ON CONFLICT ON CONSTRAINT stored_answer_pkey DO UPDATE
        SET request_sha256 = excluded.request_sha256,
            status = excluded.status,
            body = excluded.body,
            position = excluded.position,
            stored_at = excluded.stored_at;
    END IF;
END
$$;
