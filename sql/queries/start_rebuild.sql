-- Starts or resumes the build of a projection beside its active generation. See sql/functions/start_rebuild.sql.
-- $1 projection text, $2 scratch boolean
-- Returns one row: the generation, or NULL.
SELECT hooklog.start_rebuild($1::text, $2::boolean) AS generation
