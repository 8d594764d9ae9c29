-- Folds the events of (after, upto] with the statement that fold_call gives: all at once, and when that fails by halves, in
-- order, down to the single event with which an entity's row cannot be made. That one's columns are left NULL, and the
-- others go on.
--
-- Events that the projection refuses by themselves are in refused and do not get here; what fails here fails with what
-- the entity was before, or is not to be stored. Only errors that data can be to blame for are caught: classes 21, 22, 23,
-- 54 and P0001. As a row is judged anew with each of its events, by what it is then, pages make no difference.
-- Returns what create_table_functions says, and the positions and SQLSTATEs of the events at which it failed.
CREATE OR REPLACE FUNCTION hooklog.fold_range(
    call text, workspace bigint, after bigint, upto bigint, since timestamptz, until timestamptz, horizon bigint,
    refused bigint[],
    OUT unfolded bigint, OUT outgrown bigint[], OUT failed bigint[], OUT states text[]
)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_variable
DECLARE
    middle constant bigint := (after + upto) / 2;
    counts bigint[];
    state text;
    half record;
BEGIN
    failed := '{}';
    states := '{}';
    BEGIN
        EXECUTE call INTO counts USING workspace, after, upto, since, until, horizon, refused, NULL::text;
    EXCEPTION
        WHEN cardinality_violation OR data_exception OR integrity_constraint_violation OR program_limit_exceeded
            OR raise_exception THEN
        state := SQLSTATE;
    END;
    IF state IS NOT NULL AND upto = after + 1 THEN
        EXECUTE call INTO counts USING workspace, after, upto, since, until, horizon, refused, state;
        failed := ARRAY[upto];
        states := ARRAY[state];
    END IF;
    IF counts IS NOT NULL THEN
        unfolded := counts[1];
        outgrown := counts[2:];
        RETURN;
    END IF;
    unfolded := 0;
    outgrown := '{}';
    FOR half IN
        SELECT r.unfolded, r.outgrown, r.failed, r.states
        FROM (VALUES (after, middle), (middle, upto)) AS h (low, high)
        CROSS JOIN LATERAL hooklog.fold_range(call, workspace, h.low, h.high, since, until, horizon, refused) AS r
        ORDER BY h.low
    LOOP
        unfolded := unfolded + half.unfolded;
        outgrown := outgrown || half.outgrown;
        failed := failed || half.failed;
        states := states || half.states;
    END LOOP;
END
$$;
