-- Waits until no other migration of this database runs; the lock ends with the transaction.
SELECT pg_advisory_xact_lock(hashtext('hooklog.migrate'));
