-- The users' projections that the last migration refused, and why. Not tenant data.
-- file: NULL when none was given; the definition that was refused is one of an earlier release then.
CREATE TABLE hooklog.refused_projection (
    projection text NOT NULL,
    file       text,
    reason     text NOT NULL,
    refused_at timestamptz NOT NULL,
    CONSTRAINT refused_projection_pkey PRIMARY KEY (projection)
);
