-- pause_generation() keeps the active generation of a projection where it is for at most 10 s, so that its successor can pass
-- it; resume_generation() lets it go on before that.
-- for: function = pause_generation; until = clock_timestamp() + interval '10 seconds'
-- for: function = resume_generation; until = NULL
CREATE OR REPLACE FUNCTION hooklog.<function>(projection text) RETURNS bigint
LANGUAGE sql VOLATILE SECURITY DEFINER AS $$
    UPDATE hooklog.projection_generation AS g
    SET paused_until = <until>
    WHERE g.projection = <function>.projection AND g.state = 'active'
    RETURNING g.generation
$$;
