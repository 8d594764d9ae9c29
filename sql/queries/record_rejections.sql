-- Adds to the counts of refused deliveries and keeps samples, within their bounds.
-- $1 workspace_id bigint; counts: $2 sources bigint[], $3 reasons text[], $4 counts bigint[], $5 last times
-- timestamptz[]; samples: $6 sources bigint[], $7 reasons text[], $8 times timestamptz[], $9 header names text[] (one
-- text each, names on lines), $10 body_sha256 bytea[], $11 sizes bigint[]
-- → samples kept bigint
SELECT hooklog.record_rejections($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) AS kept;
