-- What every command begins with: the key, the answer that may be there already, the present.
--
-- $1 workspace       bigint
-- $2 key_id          bigint
-- $3 key_sha256      bytea
-- $4 endpoint        text   method and path, for which the idempotency key counts
-- $5 idempotency_key text   NULL: none
-- $6 request_sha256  bytea  the hash of the request's body
-- $7 system          text   whose objects the command is about
-- $8 asks_test       boolean  whether a key for live data is to write test data
--
-- The present is the checkpoint of the directory's active generation and then the log's head, held until the transaction
-- ends, with everything folded that the log holds. Always in this order; an append takes the head only, a projector the
-- checkpoint only. The greater part is caught up on before the head is held, so that appends wait for little. A backlog that
-- projectors should work off is seen before the flag goes up, since the flag would keep them from it.
--
-- outcome: unknown_key, revoked_key, insufficient_scope; idempotency_key_in_use (a request with the key is being
-- answered), idempotency_key_reused (it answered another body), replayed (status, body and log_position are those of
-- the answer that was stored); busy (the directory is changing over to another generation; see hooklog.reads_system()),
-- behind (too much is unread, or the projection stands still: projectors need time); or ok: generation and log_position are
-- the ones that are held. Keys count for 24 hours. The row of a stored answer is locked, although nothing is written: only
-- so does the commit wait until a synchronous standby has what it tells of.
-- Relies on api_key_pkey and stored_answer_pkey.
CREATE OR REPLACE FUNCTION hooklog.start_command(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    endpoint text,
    idempotency_key text,
    request_sha256 bytea,
    system text,
    asks_test boolean,
    OUT outcome text,
    OUT livemode boolean,
    OUT generation bigint,
    OUT log_position bigint,
    OUT status integer,
    OUT body json
)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
DECLARE
    stored record;
BEGIN
    SELECT a.outcome, a.livemode AND NOT asks_test INTO start_command.outcome, start_command.livemode
    FROM hooklog.authenticate_writer(workspace, key_id, key_sha256) AS a;
    IF outcome <> 'ok' THEN
        RETURN;
    END IF;
    IF idempotency_key IS NOT NULL THEN
        IF NOT pg_try_advisory_xact_lock(
            hashtextextended(format('%s/%s/%s/%s', workspace, livemode, endpoint, idempotency_key), 1)) THEN
            outcome := 'idempotency_key_in_use';
            RETURN;
        END IF;
        SELECT s.request_sha256, s.status, s.body, s.position INTO stored
        FROM hooklog.stored_answer AS s
        WHERE s.workspace_id = workspace
            AND s.livemode = start_command.livemode
            AND s.endpoint = start_command.endpoint
            AND s.idempotency_key = start_command.idempotency_key
            AND s.stored_at > clock_timestamp() - interval '24 hours'
        FOR UPDATE;
        IF FOUND THEN
            outcome := CASE stored.request_sha256
                WHEN request_sha256 THEN 'replayed'
                ELSE 'idempotency_key_reused'
            END;
            status := stored.status;
            body := stored.body;
            log_position := stored.position;
            RETURN;
        END IF;
    END IF;

    outcome := 'busy';
    SELECT g.generation INTO start_command.generation FROM hooklog.active_generation('directory') AS g;
    IF start_command.generation IS NULL OR NOT hooklog.reads_system(system) THEN
        RETURN;
    END IF;
    IF 20000 < (SELECT h.position FROM hooklog.head(workspace) AS h) - coalesce(
        (
            SELECT c.position
            FROM hooklog.checkpoint AS c
            WHERE c.workspace_id = workspace
                AND c.projection = 'directory'
                AND c.generation = start_command.generation
        ),
        0) THEN
        outcome := 'behind';
        RETURN;
    END IF;

    PERFORM pg_advisory_xact_lock_shared(hooklog.command_flag(workspace));
    FOR try IN 1 .. 3 LOOP
        PERFORM
        FROM hooklog.checkpoint AS c
        WHERE c.workspace_id = workspace
            AND c.projection = 'directory'
            AND c.generation = start_command.generation
        FOR UPDATE;
        EXIT WHEN FOUND;
        IF try = 3 THEN
            RETURN;
        END IF;
        PERFORM hooklog.start_checkpoint(workspace, 'directory', start_command.generation);
    END LOOP;
    PERFORM
    FROM hooklog.active_generation('directory') AS g
    WHERE g.generation = start_command.generation
        AND (g.paused_until IS NULL OR g.paused_until <= clock_timestamp());
    IF NOT FOUND THEN
        RETURN;
    END IF;

    outcome := 'behind';
    PERFORM hooklog.catch_up(workspace, start_command.generation);
    PERFORM
    FROM hooklog.log_head AS h
    WHERE h.workspace_id = workspace
    FOR UPDATE;
    IF hooklog.catch_up(workspace, start_command.generation) THEN
        outcome := 'ok';
    END IF;
    SELECT c.position INTO start_command.log_position
    FROM hooklog.checkpoint AS c
    WHERE c.workspace_id = workspace
        AND c.projection = 'directory'
        AND c.generation = start_command.generation;
END
$$;
