-- Tries the events of (after, upto] with a test function of a projection: all at once, and when that fails by halves, down
-- to the single events that it refuses. Returns how many were tried, and the positions and SQLSTATEs of those refused.
-- Only errors that an event can be to blame for are caught: classes 21, 22, 23, 54 and P0001.
CREATE OR REPLACE FUNCTION hooklog.test_range(
    test_function text, workspace bigint, after bigint, upto bigint, since timestamptz, until timestamptz
) RETURNS TABLE (tested bigint, refused bigint[], states text[])
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_variable
DECLARE
    middle bigint := (after + upto) / 2;
    half record;
BEGIN
    refused := '{}';
    states := '{}';
    BEGIN
        EXECUTE format('SELECT %s($1, $2, $3, $4, $5)', test_function)
        INTO tested
        USING workspace, after, upto, since, until;
        RETURN NEXT;
        RETURN;
    EXCEPTION
        WHEN cardinality_violation OR data_exception OR integrity_constraint_violation OR program_limit_exceeded
            OR raise_exception THEN
        IF upto = after + 1 THEN
            tested := 1;
            refused := ARRAY[upto];
            states := ARRAY[SQLSTATE];
            RETURN NEXT;
            RETURN;
        END IF;
    END;
    tested := 0;
    FOR half IN
        SELECT r.tested, r.refused, r.states
        FROM (VALUES (after, middle), (middle, upto)) AS h (low, high)
        CROSS JOIN LATERAL hooklog.test_range(test_function, workspace, h.low, h.high, since, until) AS r
        ORDER BY h.low
    LOOP
        tested := tested + half.tested;
        refused := refused || half.refused;
        states := states || half.states;
    END LOOP;
    RETURN NEXT;
END
$$;
