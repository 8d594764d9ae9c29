-- Runs a statement over the events of (after, upto]: over all at once, and when that fails by halves, in order, down to the
-- single event that it fails at, for which it is run once more and told why (state): a fold leaves the columns of the entity's
-- row NULL then, see fold_call, and a trial counts, see fold_page. The others go on.
--
-- Events that the projection refuses by themselves are in refused and not folded; where a fold fails, it does with what the
-- entity was before, or the row is not to be stored. Only errors that data can be to blame for are caught: classes 21, 22, 23,
-- 54 and P0001. As a row is judged anew with each of its events, by what it is then, pages make no difference.
--
-- statement: with workspace, after, upto, since, until, horizon, refused and state as parameters; gives a bigint[]
--
-- Returns the sums of the first numbers of what it gives, all the others, and the positions and SQLSTATEs of the events at
-- which it failed.
CREATE OR REPLACE FUNCTION hooklog.run_by_halves(
    statement text, workspace bigint, after bigint, upto bigint, since timestamptz, until timestamptz, horizon bigint,
    refused bigint[],
    OUT counted bigint, OUT outgrown bigint[], OUT failed bigint[], OUT states text[]
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
        EXECUTE statement INTO counts USING workspace, after, upto, since, until, horizon, refused, NULL::text;
    EXCEPTION
        WHEN cardinality_violation OR data_exception OR integrity_constraint_violation OR program_limit_exceeded
            OR raise_exception THEN
        state := SQLSTATE;
    END;
    IF state IS NOT NULL AND upto = after + 1 THEN
        EXECUTE statement INTO counts USING workspace, after, upto, since, until, horizon, refused, state;
        failed := ARRAY[upto];
        states := ARRAY[state];
    END IF;
    IF counts IS NOT NULL THEN
        counted := counts[1];
        outgrown := counts[2:];
        RETURN;
    END IF;
    counted := 0;
    outgrown := '{}';
    FOR half IN
        SELECT r.counted, r.outgrown, r.failed, r.states
        FROM (VALUES (after, middle), (middle, upto)) AS h (low, high)
        CROSS JOIN LATERAL hooklog.run_by_halves(statement, workspace, h.low, h.high, since, until, horizon, refused) AS r
        ORDER BY h.low
    LOOP
        counted := counted + half.counted;
        outgrown := outgrown || half.outgrown;
        failed := failed || half.failed;
        states := states || half.states;
    END LOOP;
END
$$;
