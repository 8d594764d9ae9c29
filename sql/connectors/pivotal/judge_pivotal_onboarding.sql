-- Pivotal's rules for onboardings; see hooklog.judge_write(). A new one is of a customer that there is, named by id or
-- display_id. A change of phase or state is told by events of their own; see hooklog.onboarding_facts().
CREATE OR REPLACE FUNCTION hooklog.judge_pivotal_onboarding(
    workspace bigint, live boolean, own_id text, present jsonb, since timestamptz, usual jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    fresh constant jsonb := '{"template_id": null, "phase": "before_getting_started", "state": "active",
        "started_at": null, "completed_at": null, "target_launch_date": null, "csm_id": null, "se_id": null,
        "designer_id": null, "product_ops_id": null, "notes": null, "name": null, "waiting_on_customer": false,
        "reminders_enabled": true, "reminder_frequency_days": 1}';
    shown constant jsonb := hooklog.onboarding_shown(present);
    at constant timestamptz := clock_timestamp();
    parent text;
    document jsonb;
    events jsonb;
BEGIN
    IF present IS NULL THEN
        parent := hooklog.named_customer(workspace, live, attributes ->> 'customer_id');
        IF NOT hooklog.has_object(workspace, live, 'pivotal', 'customer', parent) THEN
            RETURN '{"outcome": "parent_not_found", "detail": "Customer"}';
        END IF;
        document := fresh
            || hooklog.onboarding_attributes(fresh, attributes, at)
            || jsonb_build_object(
                'id', hooklog.new_id(),
                'display_id', hooklog.next_onboarding_id(workspace, live),
                'customer_id', parent);
        events := jsonb_build_array(hooklog.told_event('onboarding.created', document, NULL, NULL, at));
    ELSE
        SELECT jsonb_agg(hooklog.told_event(f.type, present || c.changes, f.previous_attributes, since, at) ORDER BY f.nth)
        INTO events
        FROM hooklog.changed_attributes(shown, hooklog.onboarding_attributes(shown, attributes, at)) AS c
        CROSS JOIN LATERAL hooklog.onboarding_facts(c.changes, c.previous) AS f;
    END IF;
    RETURN jsonb_build_object('found', coalesce(own_id, document ->> 'id'), 'before', coalesce(events, '[]'));
END
$$;
