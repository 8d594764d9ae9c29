-- One object of Pivotal's API, named by id or display_id; see hooklog.named_contact().
--
-- A deleted one is not found. A child of a deleted customer has left the lists, but is itself not deleted: it is answered, so
-- that a client that still holds its id can read what it refers to (the contract leaves this open). outcome: unknown_key,
-- revoked_key, not_found or ok; body: the answer's JSON when it is ok.
-- for: kind = contact
-- for: kind = customer
-- for: kind = onboarding
CREATE OR REPLACE FUNCTION hooklog.read_<kind>(
    workspace bigint, key_id bigint, key_sha256 bytea, name text, OUT outcome text, OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
AS $$
#variable_conflict use_column
DECLARE
    caller record;
BEGIN
    SELECT a.outcome, a.livemode INTO caller
    FROM hooklog.authenticate(workspace, key_id, key_sha256) AS a;
    outcome := caller.outcome;
    IF outcome = 'ok' THEN
        body := hooklog.show_<kind>(
            workspace, caller.livemode, hooklog.named_<kind>(workspace, caller.livemode, name));
        outcome := CASE WHEN body IS NULL THEN 'not_found' ELSE 'ok' END;
    END IF;
END
$$;
