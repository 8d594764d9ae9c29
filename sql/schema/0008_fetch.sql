-- Objects to be fetched: what thin events tell of without holding it. The log says what is to be fetched; these tables say
-- how far that has been read and how far it is done, so that a crash loses nothing and appends know nothing of them.

-- How far a log has been read for thin events. A row per workspace that has a source with such events.
CREATE TABLE hooklog.fetch_checkpoint (
    workspace_id bigint NOT NULL,
    position     bigint NOT NULL,
    received_at  timestamptz NOT NULL,
    CONSTRAINT fetch_checkpoint_pkey PRIMARY KEY (workspace_id)
) WITH (fillfactor = 50);

-- An object to be fetched: at most one row for each, however many events ask for it.
-- position: the newest event that asks for it; claimed_position: the newest one when the fetch in hand began.
-- due_at: when it may be fetched; while it is claimed, when whoever holds the claim is taken for dead.
-- observed_at: the time that counts for the object's state in the fetch in hand. problem: why the last attempt failed.
CREATE TABLE hooklog.fetch (
    workspace_id     bigint NOT NULL,
    source_id        bigint NOT NULL,
    entity_type      text NOT NULL,
    entity_id        text NOT NULL,
    position         bigint NOT NULL,
    asked_at         timestamptz NOT NULL,
    due_at           timestamptz NOT NULL,
    attempts         integer NOT NULL,
    claim            uuid,
    claimed_position bigint,
    observed_at      timestamptz,
    problem          text,
    CONSTRAINT fetch_pkey PRIMARY KEY (workspace_id, source_id, entity_type, entity_id),
    CONSTRAINT fetch_claim_check CHECK ((claim IS NULL) = (claimed_position IS NULL))
) WITH (fillfactor = 50);

CREATE INDEX fetch_due_idx ON hooklog.fetch (workspace_id, source_id, due_at);

-- How a source's objects are fetched: the vendor's API token, sealed with the master key, and how its API fares.
-- failures: attempts in a row that the API as a whole failed; paused_until: until when it is left alone for that.
CREATE TABLE hooklog.source_fetch (
    workspace_id bigint NOT NULL,
    source_id    bigint NOT NULL,
    sealed       bytea NOT NULL,
    failures     integer NOT NULL,
    paused_until timestamptz,
    problem      text,
    changed_at   timestamptz NOT NULL,
    CONSTRAINT source_fetch_pkey PRIMARY KEY (workspace_id, source_id)
) WITH (fillfactor = 50);
