-- The work of one page, under the checkpoint's lock: sets aside what cannot be folded, folds the rest into every table
-- of the generation that has events in it, tells of the entities that cannot be shown as they are, and resolves the dead
-- letters whose discards are in the page.
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
    trial record;
    table_spec record;
    work record;
    leftover bigint := unparsed;
BEGIN
    SELECT t.tested, t.refused, t.positions INTO trial
    FROM hooklog.test_page(target, point, upto, until, touched) AS t;
    tested := trial.tested;
    refused := trial.refused;
    set_aside := cardinality(trial.positions);
    IF point.recent_events + tested >= 50
        AND (point.recent_failures + refused) * 2 >= point.recent_events + tested THEN
        RAISE EXCEPTION 'the projection refused too many recent events' USING ERRCODE = 'HL002';
    END IF;

    FOR table_spec IN
        SELECT t.spec ->> 'name' AS name
        FROM jsonb_array_elements(target.definition -> 'tables') WITH ORDINALITY AS t (spec, nth)
        WHERE touched[t.nth]
        ORDER BY t.nth
    LOOP
        SELECT r.unfolded, r.outgrown, r.failed, r.states INTO work
        FROM hooklog.fold_range(
            hooklog.fold_call(target, table_spec.name),
            point.workspace_id, point.position, upto, point.received_at, until, upto, trial.positions) AS r;
        leftover := leftover + work.unfolded;
        set_aside := set_aside + cardinality(work.failed);
        IF work.outgrown <> '{}' THEN
            PERFORM hooklog.set_aside(point, 'outgrown', work.outgrown, NULL);
        END IF;
        IF work.failed <> '{}' THEN
            PERFORM hooklog.set_aside(point, 'refused_as_a_whole', work.failed, work.states);
        END IF;
    END LOOP;
    IF leftover > 0 THEN
        set_aside := set_aside + hooklog.set_page_aside(target, point, upto, until);
    END IF;
    IF resolutions > 0 THEN
        PERFORM hooklog.resolve_discarded(point, upto);
    END IF;
    RETURN NEXT;
END
$$;
