-- Has services leave a build to this command for a while.
-- $1 projection text, $2 generation bigint, $3 seconds double precision
SELECT hooklog.attend_build($1::text, $2::bigint, $3::double precision)
