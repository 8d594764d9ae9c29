-- Sets the events of a page aside that a table of the generation reads and none can fold, with the reason in a word.
-- Returns how many. Looks at the page once more: it is called for a page that is known to have some.
CREATE OR REPLACE FUNCTION hooklog.set_page_aside(
    target hooklog.projection_generation, point hooklog.checkpoint, upto bigint, until timestamptz
) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    made bigint;
BEGIN
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
    RETURN made;
END
$$;
