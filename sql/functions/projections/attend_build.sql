-- Says that a command is at work on a build for so many seconds, 0 to say that it no longer is: services leave it alone.
CREATE OR REPLACE FUNCTION hooklog.attend_build(projection text, generation bigint, seconds double precision)
RETURNS void
LANGUAGE sql VOLATILE SECURITY DEFINER AS $$
    UPDATE hooklog.projection_generation AS g
    SET attended_until = clock_timestamp() + make_interval(secs => seconds)
    WHERE g.projection = attend_build.projection
        AND g.generation = attend_build.generation
        AND g.state = 'building'
$$;
