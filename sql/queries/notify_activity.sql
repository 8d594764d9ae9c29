-- Tells other processes that logs have grown. Never part of an append: commits that notify happen one after the other.
-- $1 workspace ids between commas, or * for any: text
SELECT pg_notify('hooklog_activity', $1);
