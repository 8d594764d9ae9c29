-- What API keys with a rate limit asked for in the last minute: an entry per second that saw requests, oldest first, with
-- the time of the second's last count and the requests counted. A row per limited key that was used.
--
-- Unlogged: it is worth a minute. After a crash of the database each window begins anew, and no commit waits for a disk.
CREATE UNLOGGED TABLE hooklog.api_key_usage (
    workspace_id bigint NOT NULL,
    key_id       bigint NOT NULL,
    counted_at   timestamptz[] NOT NULL,
    requests     integer[] NOT NULL,
    CONSTRAINT api_key_usage_pkey PRIMARY KEY (workspace_id, key_id)
) WITH (fillfactor = 50);

ALTER TABLE hooklog.api_key ADD CONSTRAINT api_key_rate_limit_check CHECK (rate_limit BETWEEN 1 AND 1000000);
