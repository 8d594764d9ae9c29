-- The events that tell of changes of an onboarding, in order, each with what the attributes it is about were before:
-- phase_changed (then launched or completed), state_changed (then at_risk or back_on_track), and updated for the rest.
CREATE OR REPLACE FUNCTION hooklog.onboarding_facts(changes jsonb, previous jsonb)
RETURNS TABLE (nth integer, type text, previous_attributes jsonb)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    WITH part AS (
        SELECT
            jsonb_object_agg(p.key, p.value) FILTER (WHERE p.key IN ('phase', 'started_at', 'completed_at')) AS phase,
            jsonb_object_agg(p.key, p.value) FILTER (WHERE p.key IN ('state', 'waiting_on_customer')) AS state,
            jsonb_object_agg(p.key, p.value) FILTER (
                WHERE p.key NOT IN ('phase', 'started_at', 'completed_at', 'state')
                    AND (p.key <> 'waiting_on_customer' OR NOT changes ? 'state')
            ) AS rest
        FROM jsonb_each(previous) AS p
    )
    SELECT f.nth, f.type, f.previous
    FROM part AS p
    CROSS JOIN LATERAL (
        VALUES
            (1, 'onboarding.phase_changed', p.phase, changes ? 'phase'),
            (2, 'onboarding.launched', p.phase, changes ->> 'phase' = 'launch'),
            (3, 'onboarding.completed', p.phase, changes ->> 'phase' = 'completed'),
            (4, 'onboarding.state_changed', p.state, changes ? 'state'),
            (5, 'onboarding.at_risk', p.state, changes ->> 'state' = 'at_risk'),
            (6, 'onboarding.back_on_track', p.state, previous ->> 'state' = 'at_risk' AND changes ? 'state'),
            (7, 'onboarding.updated', p.rest, p.rest IS NOT NULL)
    ) AS f (nth, type, previous, happens)
    WHERE f.happens
$$;
