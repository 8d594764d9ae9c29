-- What became of a transaction.
-- $1 transaction_id text
-- → status text: committed, aborted, in progress; NULL when it is too old to know
SELECT pg_xact_status($1::text::xid8) AS status;
