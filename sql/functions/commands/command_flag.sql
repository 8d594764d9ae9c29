-- The advisory lock that is a workspace's flag "a command waits". A command holds it shared; a step of the generation
-- that commands work on holds it exclusively, if it can have it at once. Advisory locks are granted in order and a step
-- never queues, so no step overtakes a command that waits, and commands do not wait for each other here.
CREATE OR REPLACE FUNCTION hooklog.command_flag(workspace bigint) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT hashtextextended('hooklog.command/' || workspace, 0)
$$;
