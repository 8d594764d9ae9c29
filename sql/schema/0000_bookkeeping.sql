-- The schemas, and what has been installed in them. Runs first and every time, so each statement tolerates a repeat.

CREATE SCHEMA IF NOT EXISTS hooklog;

CREATE SCHEMA IF NOT EXISTS hooklog_data;

CREATE SCHEMA IF NOT EXISTS projection;

COMMENT ON SCHEMA hooklog IS 'Hooklog: the event log, and the read models under their public names';

COMMENT ON SCHEMA hooklog_data IS 'Hooklog: the tables behind the read models, one set per generation';

COMMENT ON SCHEMA projection IS 'Hooklog: the read models of users'' own projections';

CREATE TABLE IF NOT EXISTS hooklog.migration (
    version    integer NOT NULL,
    name       text NOT NULL,
    applied_at timestamptz NOT NULL,
    CONSTRAINT migration_pkey PRIMARY KEY (version)
);

-- The hash of the functions that are installed: they are replaced from their files when the files change.
CREATE TABLE IF NOT EXISTS hooklog.installed_functions (
    one_row boolean NOT NULL DEFAULT true,
    sha256  text NOT NULL,
    CONSTRAINT installed_functions_pkey PRIMARY KEY (one_row),
    CONSTRAINT installed_functions_one_row_check CHECK (one_row)
);
