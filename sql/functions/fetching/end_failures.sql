-- Notes that the API of a source has answered as it should: its failures are over. A wait that it asked for stays.
CREATE OR REPLACE FUNCTION hooklog.end_failures(workspace bigint, source bigint) RETURNS void
LANGUAGE sql VOLATILE AS $$
    UPDATE hooklog.source_fetch AS w
    SET failures = 0,
        problem = NULL
    WHERE w.workspace_id = workspace
        AND w.source_id = source
        AND (w.failures > 0 OR w.problem IS NOT NULL)
$$;
