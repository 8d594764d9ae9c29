-- The id of the running transaction, by which its outcome can be asked for later.
-- → transaction_id text
SELECT pg_current_xact_id()::text AS transaction_id;
