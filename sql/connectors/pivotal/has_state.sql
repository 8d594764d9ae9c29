-- Whether an onboarding passes a state filter; NULL passes all. waiting is derived from waiting_on_customer. The
-- vendor's pages disagree on the states there are, so any text is a filter and an unknown one finds nothing.
CREATE OR REPLACE FUNCTION hooklog.has_state(state text, waiting_on_customer boolean, wanted text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT wanted IS NULL OR state = wanted OR (wanted = 'waiting' AND waiting_on_customer)
$$;
