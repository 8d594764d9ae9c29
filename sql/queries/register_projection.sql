-- Registers a version of a projection. See sql/functions/register_projection.sql.
-- $1 projection text, $2 version text, $3 built_in boolean, $4 definition jsonb, $5 allow_older boolean
-- Returns one row: the generation to build, or NULL.
SELECT hooklog.register_projection($1::text, $2::text, $3::boolean, $4::jsonb, $5::boolean) AS generation
