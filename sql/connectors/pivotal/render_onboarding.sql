-- An onboarding as Pivotal's API shows it. What no event carried, or carried as another type, is null or false.
-- target_launch_date is a datetime here and a date in webhooks: a date is shown as its first moment in UTC.
-- The reference page ends after notes; the members that follow are named in its prose.
CREATE OR REPLACE FUNCTION hooklog.render_onboarding(
    id text, document jsonb, created_at timestamptz, updated_at timestamptz
) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT json_build_object(
        'object', 'onboarding',
        'id', id,
        'display_id', hooklog.integer(document, 'display_id'),
        'customer_id', hooklog.document_id(document, 'customer_id'),
        'template_id', hooklog.text(document, 'template_id'),
        'phase', hooklog.text(document, 'phase'),
        'state', hooklog.text(document, 'state'),
        'started_at', hooklog.render_time(hooklog.time(document, 'started_at')),
        'completed_at', hooklog.render_time(hooklog.time(document, 'completed_at')),
        'target_launch_date', hooklog.render_time(coalesce(
            hooklog.time(document, 'target_launch_date'),
            hooklog.date(document, 'target_launch_date')::timestamp AT TIME ZONE 'UTC')),
        'csm_id', hooklog.text(document, 'csm_id'),
        'se_id', hooklog.text(document, 'se_id'),
        'designer_id', hooklog.text(document, 'designer_id'),
        'product_ops_id', hooklog.text(document, 'product_ops_id'),
        'notes', hooklog.text(document, 'notes'),
        'name', hooklog.text(document, 'name'),
        'waiting_on_customer', coalesce(hooklog.boolean(document, 'waiting_on_customer'), false),
        'reminders_enabled', coalesce(hooklog.boolean(document, 'reminders_enabled'), false),
        'reminder_frequency_days', hooklog.integer(document, 'reminder_frequency_days'),
        'created_at', hooklog.render_time(created_at),
        'updated_at', hooklog.render_time(updated_at))
$$;
