-- Counts a request of an API key, unless that would be more than its limit within a minute: then admitted is false.
--
-- unreported are requests of the key that the caller admitted on credit; they are counted in any case. ahead are such
-- requests that the caller's other counts carry: as this one may overtake those, it leaves them room. at is the time, NULL
-- the database's clock. The requests of a second share an entry that is as old as its last request, so each is counted for
-- at least a minute and less than a second longer, and there is room again exactly at frees_at, a minute at most from now.
--
-- outcome: unknown_key, revoked_key or ok; the rest is NULL unless it is ok and the key has a limit. used: requests of the
-- last minute, this one included if it was admitted. On a standby nothing can be counted, and nothing counted be read:
-- admitted, used and frees_at are NULL then, and the caller holds the limit by itself. A refusal writes nothing. Counts of
-- one key wait for one another on its row of api_key_usage. Relies on api_key_pkey and api_key_usage_pkey.
CREATE OR REPLACE FUNCTION hooklog.count_request(
    workspace bigint,
    key bigint,
    key_sha256 bytea,
    unreported integer,
    ahead integer,
    at timestamptz,
    OUT outcome text,
    OUT key_limit integer,
    OUT admitted boolean,
    OUT used integer,
    OUT counted_at timestamptz,
    OUT frees_at timestamptz
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET lock_timeout = '1s'
AS $$
#variable_conflict use_column
DECLARE
    recent record;
BEGIN
    SELECT a.outcome, CASE WHEN a.outcome = 'ok' THEN k.rate_limit END INTO outcome, key_limit
    FROM hooklog.authenticate(workspace, key, count_request.key_sha256) AS a
    LEFT JOIN hooklog.api_key AS k ON k.workspace_id = workspace AND k.key_id = key;
    IF key_limit IS NULL THEN
        RETURN;
    END IF;

    counted_at := coalesce(at, clock_timestamp());
    IF pg_is_in_recovery() THEN
        RETURN;
    END IF;

    -- Without the lock first, so that a flood of requests above the limit writes nothing.
    SELECT r.times, r.counts, r.total INTO recent
    FROM hooklog.api_key_usage AS u
    CROSS JOIN LATERAL hooklog.recent_requests(u.counted_at, u.requests, count_request.counted_at) AS r
    WHERE u.workspace_id = workspace AND u.key_id = key;
    IF recent.total IS NULL THEN
        INSERT INTO hooklog.api_key_usage (workspace_id, key_id, counted_at, requests)
        VALUES (workspace, key, '{}', '{}')
        ON CONFLICT DO NOTHING;
    ELSIF unreported = 0 AND recent.total >= key_limit THEN
        admitted := false;
        used := recent.total;
        frees_at := recent.times[1] + interval '1 minute';
        RETURN;
    END IF;

    PERFORM FROM hooklog.api_key_usage AS u WHERE u.workspace_id = workspace AND u.key_id = key FOR UPDATE;
    counted_at := coalesce(at, clock_timestamp());
    SELECT r.times, r.counts, r.total INTO recent
    FROM hooklog.api_key_usage AS u
    CROSS JOIN LATERAL hooklog.recent_requests(u.counted_at, u.requests, count_request.counted_at) AS r
    WHERE u.workspace_id = workspace AND u.key_id = key;
    admitted := recent.total + unreported + ahead < key_limit;
    used := recent.total + unreported + admitted::integer;
    IF used > recent.total THEN
        recent := hooklog.add_requests(recent.times, recent.counts, used - recent.total, counted_at);
        UPDATE hooklog.api_key_usage AS u
        SET counted_at = recent.times, requests = recent.counts
        WHERE u.workspace_id = workspace AND u.key_id = key;
    END IF;
    counted_at := greatest(counted_at, recent.times[cardinality(recent.times)]);
    frees_at := recent.times[1] + interval '1 minute';
END
$$;
