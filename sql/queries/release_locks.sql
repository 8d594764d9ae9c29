-- Releases the advisory locks that the session holds.
SELECT pg_advisory_unlock_all()
