-- A command that rebuilds a projection works through the log in far larger pages than a service that also serves; while it
-- says that it is at work, services leave the build to it.
ALTER TABLE hooklog.projection_generation ADD COLUMN attended_until timestamptz;
