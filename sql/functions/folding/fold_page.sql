-- The work of one page, under the checkpoint's lock: tries every event alone against the projection's own SELECTs and sets
-- aside those that they refuse, folds the rest into every table of the generation that has events in it, tells of the
-- entities that cannot be shown as they are, sets aside what cannot be folded, and resolves the dead letters whose discards
-- are in the page.
-- Acceptance is decided before anything is folded, so batching cannot change it. A built-in projection's SELECTs are total:
-- nothing to try.
-- Returns how often the projection's own SELECTs were tried (tested) and refused (refused), and how many events
-- were set aside in all (set_aside).
-- HL002: they refused at least half of at least 50 recent events; that is a bad projection, not bad events.
CREATE OR REPLACE FUNCTION hooklog.fold_page(
    target hooklog.projection_generation, point hooklog.checkpoint, upto bigint, until timestamptz, unparsed bigint,
    resolutions bigint, touched boolean[]
) RETURNS TABLE (tested bigint, refused bigint, set_aside bigint)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_variable
DECLARE
    touched_tables constant text[] := ARRAY(
        SELECT t.spec ->> 'name'
        FROM jsonb_array_elements(target.definition -> 'tables') WITH ORDINALITY AS t (spec, nth)
        WHERE touched[t.nth]
        ORDER BY t.nth
    );
    table_name text;
    work record;
    refused_positions bigint[] := '{}';
    leftover bigint := unparsed;
    made bigint;
BEGIN
    tested := 0;
    IF NOT target.built_in THEN
        FOREACH table_name IN ARRAY touched_tables LOOP
            SELECT r.counted, r.outgrown, r.failed, r.states INTO work
            FROM hooklog.run_by_halves(
                format(
                    'SELECT CASE WHEN $8 IS NULL THEN ARRAY[%s($1, $2, $3, $4, $5)] ELSE ''{1}'' END',
                    hooklog.own_name(false, target.generation, table_name, 'test')),
                point.workspace_id, point.position, upto, point.received_at, until, NULL, NULL) AS r;
            tested := tested + work.counted;
            refused_positions := refused_positions || work.failed;
            PERFORM hooklog.set_aside(point, 'refused_by_projection', work.failed, work.states);
        END LOOP;
    END IF;
    refused := cardinality(refused_positions);
    set_aside := refused;
    IF point.recent_events + tested >= 50
        AND (point.recent_failures + refused) * 2 >= point.recent_events + tested THEN
        RAISE EXCEPTION 'the projection refused too many recent events' USING ERRCODE = 'HL002';
    END IF;

    FOREACH table_name IN ARRAY touched_tables LOOP
        SELECT r.counted, r.outgrown, r.failed, r.states INTO work
        FROM hooklog.run_by_halves(
            hooklog.fold_call(target, table_name),
            point.workspace_id, point.position, upto, point.received_at, until, upto, refused_positions) AS r;
        leftover := leftover + work.counted;
        set_aside := set_aside + cardinality(work.failed);
        IF work.outgrown <> '{}' THEN
            PERFORM hooklog.set_aside(point, 'outgrown', work.outgrown, NULL);
        END IF;
        IF work.failed <> '{}' THEN
            PERFORM hooklog.set_aside(point, 'refused_as_a_whole', work.failed, work.states);
        END IF;
    END LOOP;
    -- Looks at the page once more, only when it is known to have events that a table reads and none can fold.
    IF leftover > 0 THEN
        EXECUTE format(
            'INSERT INTO hooklog.dead_letter (workspace_id, projection, generation, position, reason, attempts, '
            'first_failed_at, last_failed_at) '
            'SELECT e.workspace_id, $5, $6, e.position, hooklog.refusal_reason(e), 1, $8, $8 '
            'FROM hooklog.event AS e WHERE e.workspace_id = $1 AND e.position > $2 AND e.position <= $4 '
            'AND e.received_at BETWEEN $3 AND $7 AND %s ON CONFLICT DO NOTHING',
            hooklog.refuses_condition(target.definition))
        USING point.workspace_id, point.position, point.received_at, upto, target.projection, target.generation, until,
            clock_timestamp();
        GET DIAGNOSTICS made = ROW_COUNT;
        set_aside := set_aside + made;
    END IF;
    IF resolutions > 0 THEN
        PERFORM hooklog.resolve_discarded(point, upto);
    END IF;
    RETURN NEXT;
END
$$;
