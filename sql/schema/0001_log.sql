-- The append-only event log, its ledger, and who may write to it and read from it.
-- Every table of tenant data has workspace_id first in its primary key; the log and its ledger carry no foreign keys.

CREATE TABLE hooklog.workspace (
    workspace_id bigint GENERATED ALWAYS AS IDENTITY,
    slug         text NOT NULL,
    name         text NOT NULL,
    created_at   timestamptz NOT NULL,
    CONSTRAINT workspace_pkey PRIMARY KEY (workspace_id),
    CONSTRAINT workspace_slug_key UNIQUE (slug),
    CONSTRAINT workspace_slug_check CHECK (slug ~ '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$'),
    CONSTRAINT workspace_name_check CHECK (length(name) BETWEEN 1 AND 255)
);

CREATE TABLE hooklog.source (
    workspace_id bigint NOT NULL,
    source_id    bigint NOT NULL,
    connector    text NOT NULL,
    name         text NOT NULL,
    settings     jsonb NOT NULL,
    created_at   timestamptz NOT NULL,
    disabled_at  timestamptz,
    CONSTRAINT source_pkey PRIMARY KEY (workspace_id, source_id),
    CONSTRAINT source_name_key UNIQUE (workspace_id, name),
    CONSTRAINT source_name_check CHECK (length(name) BETWEEN 1 AND 255)
);

-- sealed: AES-GCM (nonce, ciphertext, tag) under the master key; never readable from the database alone.
CREATE TABLE hooklog.source_secret (
    workspace_id bigint NOT NULL,
    source_id    bigint NOT NULL,
    secret_id    bigint NOT NULL,
    sealed       bytea NOT NULL,
    not_before   timestamptz NOT NULL,
    expires_at   timestamptz,
    created_at   timestamptz NOT NULL,
    CONSTRAINT source_secret_pkey PRIMARY KEY (workspace_id, source_id, secret_id)
);

-- The append lock. The row is locked, not updated: an updated row would collect dead versions under every old
-- snapshot. The floor bounds the search for the last event; it is moved now and then, never by an append.
CREATE TABLE hooklog.log_head (
    workspace_id      bigint NOT NULL,
    floor_position    bigint NOT NULL,
    floor_received_at timestamptz NOT NULL,
    CONSTRAINT log_head_pkey PRIMARY KEY (workspace_id)
);

CREATE TABLE hooklog.event (
    workspace_id bigint NOT NULL,
    position     bigint NOT NULL,
    received_at  timestamptz NOT NULL,
    occurred_at  timestamptz NOT NULL,
    source_id    bigint NOT NULL,
    size         integer NOT NULL,
    livemode     boolean NOT NULL,
    system       text NOT NULL,
    type         text NOT NULL,
    entity_type  text,
    entity_id    text,
    event_id     text NOT NULL,
    delivery_id  text,
    actor        text,
    headers      jsonb NOT NULL,
    body_sha256  bytea NOT NULL,
    body         bytea NOT NULL,
    payload      jsonb,
    CONSTRAINT event_pkey PRIMARY KEY (workspace_id, position, received_at)
) PARTITION BY RANGE (received_at);

-- An entity's history in fold order: late events, time travel and "what happened to this contact?".
CREATE INDEX event_entity_idx ON hooklog.event
    (workspace_id, livemode, system, entity_type, entity_id, occurred_at, position)
    WHERE entity_id IS NOT NULL;

-- What makes duplicates impossible. Not partitioned: a unique key on the partitioned log would have to contain
-- received_at and would miss a duplicate that arrives in another month.
CREATE TABLE hooklog.delivery (
    workspace_id bigint NOT NULL,
    source_id    bigint NOT NULL,
    event_id     text NOT NULL,
    position     bigint NOT NULL,
    received_at  timestamptz NOT NULL,
    body_sha256  bytea NOT NULL,
    CONSTRAINT delivery_pkey PRIMARY KEY (workspace_id, source_id, event_id)
);

-- A signed delivery that bore a known event id with another body: the first stays in the log, the other one here.
CREATE TABLE hooklog.delivery_conflict (
    workspace_id bigint NOT NULL,
    source_id    bigint NOT NULL,
    event_id     text NOT NULL,
    body_sha256  bytea NOT NULL,
    position     bigint NOT NULL,
    received_at  timestamptz NOT NULL,
    body         bytea NOT NULL,
    CONSTRAINT delivery_conflict_pkey PRIMARY KEY (workspace_id, source_id, event_id, body_sha256)
);

-- Samples of refused deliveries, bounded in number; rejected_delivery_count is exact.
CREATE TABLE hooklog.rejected_delivery (
    workspace_id bigint NOT NULL,
    source_id    bigint NOT NULL,
    rejection_id bigint GENERATED ALWAYS AS IDENTITY,
    received_at  timestamptz NOT NULL,
    reason       text NOT NULL,
    header_names text[] NOT NULL,
    body_sha256  bytea,
    size         bigint NOT NULL,
    CONSTRAINT rejected_delivery_pkey PRIMARY KEY (workspace_id, source_id, rejection_id)
);

CREATE INDEX rejected_delivery_time_idx ON hooklog.rejected_delivery (received_at);

CREATE TABLE hooklog.rejected_delivery_count (
    workspace_id     bigint NOT NULL,
    source_id        bigint NOT NULL,
    reason           text NOT NULL,
    count            bigint NOT NULL,
    last_received_at timestamptz NOT NULL,
    CONSTRAINT rejected_delivery_count_pkey PRIMARY KEY (workspace_id, source_id, reason)
);

CREATE TABLE hooklog.api_key (
    workspace_id bigint NOT NULL,
    key_id       bigint NOT NULL,
    name         text NOT NULL,
    prefix       text NOT NULL,
    key_sha256   bytea NOT NULL,
    livemode     boolean NOT NULL,
    scope        text NOT NULL,
    rate_limit   integer,
    created_at   timestamptz NOT NULL,
    last_used_at timestamptz,
    revoked_at   timestamptz,
    CONSTRAINT api_key_pkey PRIMARY KEY (workspace_id, key_id),
    CONSTRAINT api_key_scope_check CHECK (scope IN ('read', 'write', 'admin')),
    CONSTRAINT api_key_name_check CHECK (length(name) BETWEEN 1 AND 255)
);
