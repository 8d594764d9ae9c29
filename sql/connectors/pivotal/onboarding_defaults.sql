-- The attributes of a new onboarding.
CREATE OR REPLACE FUNCTION hooklog.onboarding_defaults() RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{"template_id": null, "phase": "before_getting_started", "state": "active", "started_at": null,
        "completed_at": null, "target_launch_date": null, "csm_id": null, "se_id": null, "designer_id": null,
        "product_ops_id": null, "notes": null, "name": null, "waiting_on_customer": false, "reminders_enabled": true,
        "reminder_frequency_days": 1}'::jsonb
$$;
