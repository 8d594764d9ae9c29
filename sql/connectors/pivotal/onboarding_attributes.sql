-- The attributes that a request gives an onboarding, with what follows from them at a moment:
--
-- * state waiting means waiting_on_customer; leaving it, by either, ends both;
-- * started_at is when the first phase is left, for good;
-- * completed_at is when the phase becomes completed, and nothing once it is another.
CREATE OR REPLACE FUNCTION hooklog.onboarding_attributes(document jsonb, attributes jsonb, at timestamptz)
RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT attributes
        || CASE
            WHEN attributes ->> 'state' = 'waiting' THEN '{"waiting_on_customer": true}'::jsonb
            WHEN document ->> 'state' = 'waiting' AND attributes ? 'state' AND NOT attributes ? 'waiting_on_customer'
                THEN '{"waiting_on_customer": false}'
            WHEN document ->> 'state' = 'waiting' AND NOT attributes ? 'state'
                AND attributes -> 'waiting_on_customer' = 'false' THEN '{"state": "active"}'
            ELSE '{}'
        END
        || CASE
            WHEN attributes ->> 'phase' <> 'before_getting_started' AND document ->> 'started_at' IS NULL
                THEN jsonb_build_object('started_at', hooklog.render_time(at))
            ELSE '{}'
        END
        || CASE
            WHEN attributes ->> 'phase' = 'completed' AND document ->> 'phase' IS DISTINCT FROM 'completed'
                THEN jsonb_build_object('completed_at', hooklog.render_time(at))
            WHEN attributes ->> 'phase' <> 'completed' AND document ->> 'phase' = 'completed'
                THEN '{"completed_at": null}'
            ELSE '{}'
        END
$$;
