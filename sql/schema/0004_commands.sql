-- The answers of requests that carried an Idempotency-Key, written in the transaction of what they answer: a request that
-- is repeated is given the same bytes, also after a crash between commit and answer. endpoint: method and path.
CREATE TABLE hooklog.stored_answer (
    workspace_id    bigint NOT NULL,
    livemode        boolean NOT NULL,
    endpoint        text NOT NULL,
    idempotency_key text NOT NULL,
    request_sha256  bytea NOT NULL,
    status          integer NOT NULL,
    body            text NOT NULL,
    position        bigint NOT NULL,
    stored_at       timestamptz NOT NULL,
    CONSTRAINT stored_answer_pkey PRIMARY KEY (workspace_id, livemode, endpoint, idempotency_key)
);

CREATE INDEX stored_answer_time_idx ON hooklog.stored_answer (workspace_id, stored_at);
