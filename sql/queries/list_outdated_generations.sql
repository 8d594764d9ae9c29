-- The generations of users' projections that an earlier release has made, or that were refused when they were to be
-- made anew: they lack a function of their own for a SELECT, or the role of projections owns a table.
-- Returns a row per generation. Small tables, read whole.
SELECT
    g.projection,
    g.generation
FROM hooklog.projection_generation AS g
CROSS JOIN LATERAL jsonb_array_elements(g.definition -> 'tables') AS t (spec)
WHERE NOT g.built_in
    AND g.state <> 'dropped'
    AND (
        to_regproc(format('projection.%I', 'select_' || (t.spec ->> 'name') || '_' || g.generation)) IS NULL
        OR EXISTS (
            SELECT
            FROM pg_class AS c
            WHERE c.oid = to_regclass(format('projection.%I', (t.spec ->> 'name') || '_' || g.generation))
                AND c.relowner = to_regrole('hooklog_projection')
        )
    )
GROUP BY g.projection, g.generation
ORDER BY g.projection, g.generation
