-- Stores the answer of a command that succeeded, if the request carried an idempotency key; over one that no longer
-- counts.
CREATE OR REPLACE FUNCTION hooklog.store_answer(
    workspace bigint,
    livemode boolean,
    endpoint text,
    idempotency_key text,
    request_sha256 bytea,
    status integer,
    body json,
    log_position bigint
) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_variable
BEGIN
    IF idempotency_key IS NULL THEN
        RETURN;
    END IF;
    INSERT INTO hooklog.stored_answer AS s (
        workspace_id, livemode, endpoint, idempotency_key, request_sha256, status, body, position, stored_at
    )
    VALUES (
        workspace, livemode, endpoint, idempotency_key, request_sha256, status, body::text, log_position,
        clock_timestamp()
    )
    ON CONFLICT ON CONSTRAINT stored_answer_pkey DO UPDATE
    SET request_sha256 = excluded.request_sha256,
        status = excluded.status,
        body = excluded.body,
        position = excluded.position,
        stored_at = excluded.stored_at;
END
$$;
