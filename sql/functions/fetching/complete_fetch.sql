-- Appends what was fetched and strikes the object off, in one commit: an object is fetched until its event is in the log,
-- and its event is appended once. An object that was asked for again meanwhile is due at once.
--
-- $1 workspace    bigint
-- $2 source       bigint
-- $3 entity_type  text
-- $4 entity_id    text
-- $5 claim        uuid      what hooklog.claim_fetch() gave
-- $6 system       text      the source's
-- $7 type         text      the event's type
-- $8 happened_at  timestamptz  its time
-- $9 live         boolean   whether it is about live data
-- $10 body        bytea     the event
--
-- Returns appended with the event's position, unparsed where the event is one that jsonb cannot hold, or superseded when the
-- claim has passed to somebody else, who fetches it. The event's id is the claim's own; the newest thin event that asked for
-- it is named in its headers. Fails, and strikes nothing off, unless a new event is logged. Locks the object, then the
-- source, then the log.
CREATE OR REPLACE FUNCTION hooklog.complete_fetch(
    workspace bigint, source bigint, entity_type text, entity_id text, claim uuid, system text, type text,
    happened_at timestamptz, live boolean, body bytea
) RETURNS TABLE (outcome text, "position" bigint)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER ROWS 1 AS $$
#variable_conflict use_column
DECLARE
    held record;
    receipt record;
BEGIN
    SELECT f.position, f.claimed_position INTO held
    FROM hooklog.fetch AS f
    WHERE f.workspace_id = workspace
        AND f.source_id = source
        AND f.entity_type = complete_fetch.entity_type
        AND f.entity_id = complete_fetch.entity_id
        AND f.claim = complete_fetch.claim
    FOR UPDATE;
    IF NOT FOUND THEN
        RETURN QUERY SELECT 'superseded', NULL::bigint;
        RETURN;
    END IF;

    IF held.position > held.claimed_position THEN
        UPDATE hooklog.fetch AS f
        SET asked_at = clock_timestamp(),
            due_at = clock_timestamp(),
            attempts = 0,
            claim = NULL,
            claimed_position = NULL,
            observed_at = NULL,
            problem = NULL
        WHERE f.workspace_id = workspace
            AND f.source_id = source
            AND f.entity_type = complete_fetch.entity_type
            AND f.entity_id = complete_fetch.entity_id;
    ELSE
        DELETE FROM hooklog.fetch AS f
        WHERE f.workspace_id = workspace
            AND f.source_id = source
            AND f.entity_type = complete_fetch.entity_type
            AND f.entity_id = complete_fetch.entity_id;
    END IF;
    PERFORM hooklog.end_failures(workspace, source);

    SELECT a.outcome, a.position INTO receipt
    FROM hooklog.append(
        workspace, ARRAY[source], ARRAY[system], ARRAY['fetch:' || complete_fetch.claim], ARRAY[NULL::text], ARRAY[type],
        ARRAY[entity_type], ARRAY[entity_id], ARRAY[happened_at], ARRAY[live], ARRAY[NULL::bigint],
        ARRAY[jsonb_build_object('hooklog-asked-by', held.claimed_position::text)], ARRAY[body], 'fetch') AS a;
    IF receipt.outcome <> 'inserted' THEN
        RAISE EXCEPTION 'a fetched event was not appended' USING ERRCODE = '55000';
    END IF;
    RETURN QUERY
    SELECT
        CASE WHEN (SELECT p.payload IS NULL FROM hooklog.parse_body(body) AS p) THEN 'unparsed' ELSE 'appended' END,
        receipt.position;
END
$$;
