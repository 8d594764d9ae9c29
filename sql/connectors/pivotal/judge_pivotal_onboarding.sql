-- Pivotal's rules for onboardings; see hooklog.judge_write(). A new one is of a customer that there is, named by id or
-- display_id. A change of phase or state is told by events of their own; see hooklog.onboarding_facts().
CREATE OR REPLACE FUNCTION hooklog.judge_pivotal_onboarding(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    fresh constant jsonb := '{"template_id": null, "phase": "before_getting_started", "state": "active",
        "started_at": null, "completed_at": null, "target_launch_date": null, "csm_id": null, "se_id": null,
        "designer_id": null, "product_ops_id": null, "notes": null, "name": null, "waiting_on_customer": false,
        "reminders_enabled": true, "reminder_frequency_days": 1}';
    -- What is shown where no event carried a flag, see hooklog.render_onboarding().
    shown constant jsonb := write.present || jsonb_build_object(
        'waiting_on_customer', coalesce(hooklog.boolean(write.present, 'waiting_on_customer'), false),
        'reminders_enabled', coalesce(hooklog.boolean(write.present, 'reminders_enabled'), false));
    at constant timestamptz := clock_timestamp();
    parent text;
    document jsonb;
    events jsonb;
BEGIN
    IF write.present IS NULL THEN
        parent := hooklog.named_customer(write.workspace, write.live, write.attributes ->> 'customer_id');
        IF NOT hooklog.has_object(write.workspace, write.live, 'pivotal', 'customer', parent) THEN
            RETURN '{"outcome": "parent_not_found", "detail": "Customer"}';
        END IF;
        document := fresh
            || hooklog.onboarding_attributes(fresh, write.attributes, at)
            || jsonb_build_object(
                'id', hooklog.new_id(),
                'display_id', hooklog.next_onboarding_id(write.workspace, write.live),
                'customer_id', parent);
        events := jsonb_build_array(hooklog.told_event('onboarding.created', document, NULL, NULL, at));
    ELSE
        SELECT jsonb_agg(
            hooklog.told_event(f.type, write.present || c.changes, f.previous_attributes, write.since, at) ORDER BY f.nth)
        INTO events
        FROM hooklog.changed_attributes(shown, hooklog.onboarding_attributes(shown, write.attributes, at)) AS c
        CROSS JOIN LATERAL hooklog.onboarding_facts(c.changes, c.previous) AS f;
    END IF;
    RETURN jsonb_build_object('found', coalesce(write.own_id, document ->> 'id'), 'before', coalesce(events, '[]'));
END
$$;
