-- An onboarding's document with what is shown where no event carried a flag; see hooklog.render_onboarding().
CREATE OR REPLACE FUNCTION hooklog.onboarding_shown(document jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT document || jsonb_build_object(
        'waiting_on_customer', coalesce(hooklog.boolean(document, 'waiting_on_customer'), false),
        'reminders_enabled', coalesce(hooklog.boolean(document, 'reminders_enabled'), false))
$$;
