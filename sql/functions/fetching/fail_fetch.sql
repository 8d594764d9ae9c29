-- Gives a claimed object back after an attempt that failed. It is due again after the delay; with a pause, the failure is
-- the API's and all of the source's objects are left alone for so long.
--
-- $1 workspace    bigint
-- $2 source       bigint
-- $3 entity_type  text
-- $4 entity_id    text
-- $5 claim        uuid
-- $6 problem      text              why, without any value of the object
-- $7 delay        double precision  seconds
-- $8 pause        double precision  seconds, 0 for a failure that counts but gives no pause yet, NULL for one that is not
--                                   the API's
-- $9 is_well      boolean           whether the API has answered as it should: its failures are over
--
-- Returns how often in a row the API has failed now, so that exactly one caller sees each number; NULL when the claim no
-- longer counts or nothing was counted. Relies on fetch_pkey and source_fetch_pkey.
CREATE OR REPLACE FUNCTION hooklog.fail_fetch(
    workspace bigint, source bigint, entity_type text, entity_id text, claim uuid, problem text,
    delay double precision, pause double precision, is_well boolean
) RETURNS integer
LANGUAGE plpgsql VOLATILE SECURITY DEFINER AS $$
DECLARE
    now_at timestamptz := clock_timestamp();
    -- What the API does for long makes no object's own wait longer: the attempts that put nothing down to the object.
    patience CONSTANT integer := 3;
    counted integer;
BEGIN
    UPDATE hooklog.fetch AS f
    SET due_at = now_at + make_interval(secs => delay),
        claim = NULL,
        claimed_position = NULL,
        observed_at = NULL,
        attempts = CASE WHEN pause IS NULL THEN f.attempts ELSE least(f.attempts, patience) END,
        problem = fail_fetch.problem
    WHERE f.workspace_id = workspace
        AND f.source_id = source
        AND f.entity_type = fail_fetch.entity_type
        AND f.entity_id = fail_fetch.entity_id
        AND f.claim = fail_fetch.claim;
    IF NOT FOUND THEN
        RETURN NULL;
    END IF;
    IF pause IS NOT NULL THEN
        UPDATE hooklog.source_fetch AS w
        SET failures = w.failures + 1,
            paused_until = nullif(greatest(w.paused_until, now_at + make_interval(secs => pause)), now_at),
            problem = fail_fetch.problem
        WHERE w.workspace_id = workspace
            AND w.source_id = source
        RETURNING w.failures INTO counted;
    ELSIF is_well THEN
        PERFORM hooklog.end_failures(workspace, source);
    END IF;
    RETURN counted;
END
$$;
