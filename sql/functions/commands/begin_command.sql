-- Gives a command the present: holds the checkpoint of the directory's active generation and then the log's head, until
-- the transaction ends, with everything folded that the log holds. Always in this order; an append takes the head only,
-- a projector the checkpoint only.
--
-- outcome: ok; behind (too much is unread, or the projection stands still: projectors need time) or busy (the directory
-- is changing over to another generation). generation and log_position are the ones that are held. The greater part is
-- caught up on before the head is held, so that appends wait for little. A backlog that projectors should work off is
-- seen before the flag goes up, since the flag would keep them from it.
CREATE OR REPLACE FUNCTION hooklog.begin_command(
    workspace bigint, OUT outcome text, OUT generation bigint, OUT log_position bigint
)
LANGUAGE plpgsql VOLATILE AS $$
#variable_conflict use_column
BEGIN
    outcome := 'busy';
    SELECT g.generation INTO begin_command.generation FROM hooklog.active_generation('directory') AS g;
    IF begin_command.generation IS NULL THEN
        RETURN;
    END IF;
    IF 20000 < (SELECT h.position FROM hooklog.head(workspace) AS h) - coalesce(
        (
            SELECT c.position
            FROM hooklog.checkpoint AS c
            WHERE c.workspace_id = workspace
                AND c.projection = 'directory'
                AND c.generation = begin_command.generation
        ),
        0) THEN
        outcome := 'behind';
        RETURN;
    END IF;

    PERFORM pg_advisory_xact_lock_shared(hooklog.command_flag(workspace));
    FOR try IN 1 .. 3 LOOP
        PERFORM
        FROM hooklog.checkpoint AS c
        WHERE c.workspace_id = workspace
            AND c.projection = 'directory'
            AND c.generation = begin_command.generation
        FOR UPDATE;
        EXIT WHEN FOUND;
        IF try = 3 THEN
            RETURN;
        END IF;
        PERFORM hooklog.start_checkpoint(workspace, 'directory', begin_command.generation);
    END LOOP;
    PERFORM
    FROM hooklog.active_generation('directory') AS g
    WHERE g.generation = begin_command.generation
        AND (g.paused_until IS NULL OR g.paused_until <= clock_timestamp());
    IF NOT FOUND THEN
        RETURN;
    END IF;

    outcome := 'behind';
    PERFORM hooklog.catch_up(workspace, begin_command.generation);
    PERFORM
    FROM hooklog.log_head AS h
    WHERE h.workspace_id = workspace
    FOR UPDATE;
    IF hooklog.catch_up(workspace, begin_command.generation) THEN
        outcome := 'ok';
    END IF;
    SELECT c.position INTO begin_command.log_position
    FROM hooklog.checkpoint AS c
    WHERE c.workspace_id = workspace
        AND c.projection = 'directory'
        AND c.generation = begin_command.generation;
END
$$;
