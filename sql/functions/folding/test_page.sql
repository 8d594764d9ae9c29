-- Tries every event of a page alone against the projection's own SELECTs and sets aside those that they refuse.
-- Acceptance is decided here, before anything is folded, so batching cannot change it. Returns how many trials there
-- were, how many failed, and the positions refused. A built-in projection's SELECTs are total: nothing to try.
CREATE OR REPLACE FUNCTION hooklog.test_page(
    target hooklog.projection_generation, point hooklog.checkpoint, upto bigint, until timestamptz, touched boolean[]
) RETURNS TABLE (tested bigint, refused bigint, positions bigint[])
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_variable
DECLARE
    table_spec record;
    outcome record;
BEGIN
    tested := 0;
    refused := 0;
    positions := '{}';
    FOR table_spec IN
        SELECT t.spec ->> 'name' AS name
        FROM jsonb_array_elements(target.definition -> 'tables') WITH ORDINALITY AS t (spec, nth)
        WHERE touched[t.nth]
            AND NOT target.built_in
        ORDER BY t.nth
    LOOP
        SELECT r.tested, r.refused, r.states INTO outcome
        FROM hooklog.test_range(
            hooklog.own_name(false, target.generation, table_spec.name, 'test'),
            point.workspace_id, point.position, upto, point.received_at, until) AS r;
        tested := tested + outcome.tested;
        refused := refused + cardinality(outcome.refused);
        positions := positions || outcome.refused;
        PERFORM hooklog.set_aside(point, 'refused_by_projection', outcome.refused, outcome.states);
    END LOOP;
    RETURN NEXT;
END
$$;
