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
-- outcome: unknown_key, revoked_key, insufficient_scope; idempotency_key_in_use (a request with the key is being
-- answered), idempotency_key_reused (it answered another body), replayed (status, body and log_position are those of
-- the answer that was stored); busy (see hooklog.reads_system() and hooklog.begin_command()), behind; or ok. Keys count
-- for 24 hours. The row of a stored answer is locked, although nothing is written: only so does the commit wait until a
-- synchronous standby has what it tells of.
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
    IF NOT hooklog.reads_system(system) THEN
        outcome := 'busy';
        RETURN;
    END IF;
    SELECT b.outcome, b.generation, b.log_position
    INTO start_command.outcome, start_command.generation, start_command.log_position
    FROM hooklog.begin_command(workspace) AS b;
END
$$;
