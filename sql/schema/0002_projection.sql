-- What is projected from the log: the versions of each projection, how far each is, and what it set aside.

-- A generation is one build of one version of a projection: its own tables, checkpoints and dead letters.
-- Not tenant data. definition: the compiled files, as hooklog.create_generation() takes them.
-- building: on its way to take over; active: its tables are published; retired: it was active, and is kept up to date for a
-- while; scratch: a rebuild of single workspaces; dropped: gone, kept so that an old binary does not bring it back.
CREATE TABLE hooklog.projection_generation (
    projection    text NOT NULL,
    generation    bigint NOT NULL,
    version       text NOT NULL,
    built_in      boolean NOT NULL,
    definition    jsonb NOT NULL,
    state         text NOT NULL,
    registered_at timestamptz NOT NULL,
    activated_at  timestamptz,
    retired_at    timestamptz,
    paused_until  timestamptz,
    CONSTRAINT projection_generation_pkey PRIMARY KEY (projection, generation),
    CONSTRAINT projection_generation_state_check CHECK (state IN ('building', 'active', 'retired', 'scratch', 'dropped'))
);

CREATE UNIQUE INDEX projection_generation_active_key ON hooklog.projection_generation (projection)
    WHERE state = 'active';

CREATE UNIQUE INDEX projection_generation_building_key ON hooklog.projection_generation (projection)
    WHERE state = 'building';

CREATE SEQUENCE hooklog.projection_generation_seq;

CREATE TABLE hooklog.checkpoint (
    workspace_id     bigint NOT NULL,
    projection       text NOT NULL,
    generation       bigint NOT NULL,
    position         bigint NOT NULL,
    received_at      timestamptz NOT NULL,
    page_limit       integer NOT NULL,
    recent_events    integer NOT NULL,
    recent_failures  integer NOT NULL,
    attempts         integer NOT NULL,
    retry_at         timestamptz,
    error            text,
    sqlstate         text,
    CONSTRAINT checkpoint_pkey PRIMARY KEY (workspace_id, projection, generation)
) WITH (fillfactor = 50);

-- An event that a projection did not accept, with the reason and never a value of the event.
CREATE TABLE hooklog.dead_letter (
    workspace_id    bigint NOT NULL,
    projection      text NOT NULL,
    generation      bigint NOT NULL,
    position        bigint NOT NULL,
    reason          text NOT NULL,
    sqlstate        text,
    attempts        integer NOT NULL,
    first_failed_at timestamptz NOT NULL,
    last_failed_at  timestamptz NOT NULL,
    resolved_at     timestamptz,
    resolution      text,
    CONSTRAINT dead_letter_pkey PRIMARY KEY (workspace_id, projection, generation, position),
    CONSTRAINT dead_letter_resolution_check CHECK (resolution IN ('retried', 'discarded'))
);
