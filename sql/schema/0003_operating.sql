-- A command that rebuilds a projection works through the log in far larger pages than a service that also serves; while it
-- says that it is at work, services leave the build to it.
ALTER TABLE hooklog.projection_generation ADD COLUMN attended_until timestamptz;

-- What monitoring counts every few seconds: usually nothing.
CREATE INDEX dead_letter_unresolved_idx ON hooklog.dead_letter (projection, generation)
    WHERE resolved_at IS NULL;
