-- How far an import came, so that one that was interrupted goes on from there: a row per source and origin (a file or an
-- address) while it is not finished. What the state says is the importing program's own.
CREATE TABLE hooklog.import_place (
    workspace_id bigint NOT NULL,
    source_id    bigint NOT NULL,
    origin       text NOT NULL,
    state        jsonb NOT NULL,
    updated_at   timestamptz NOT NULL,
    CONSTRAINT import_place_pkey PRIMARY KEY (workspace_id, source_id, origin)
);
