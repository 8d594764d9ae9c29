-- Moves a checkpoint past a folded page. The page's bound grows again by an eighth, whatever halved it; the share of
-- refused events is kept over about the last thousand trials. In plpgsql, which keeps its plan, for it runs with every page.
CREATE OR REPLACE FUNCTION hooklog.advance_checkpoint(
    point hooklog.checkpoint, upto bigint, until timestamptz, tested bigint, refused bigint
) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_variable
BEGIN
    UPDATE hooklog.checkpoint AS c
    SET position = upto,
        received_at = until,
        page_limit = least(1000000, c.page_limit + greatest(1, c.page_limit / 8)),
        recent_events = CASE WHEN c.recent_events > 1000 THEN c.recent_events / 2 ELSE c.recent_events END
            + least(tested, 1000),
        recent_failures = CASE WHEN c.recent_events > 1000 THEN c.recent_failures / 2 ELSE c.recent_failures END
            + refused * least(tested, 1000) / greatest(tested, 1),
        attempts = 0,
        retry_at = NULL,
        error = NULL,
        sqlstate = NULL
    WHERE c.workspace_id = point.workspace_id
        AND c.projection = point.projection
        AND c.generation = point.generation;
END
$$;
