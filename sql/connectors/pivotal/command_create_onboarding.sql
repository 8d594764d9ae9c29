-- POST /onboardings: makes an onboarding of a customer, in one statement. See hooklog.start_command() and
-- hooklog.begin_command(). The customer is named by display_id or, when that is NULL, by id.
--
-- attributes has been validated. outcome: what start_command() says, customer_not_found or ok; status, body and
-- log_position are the answer's.
CREATE OR REPLACE FUNCTION hooklog.command_create_onboarding(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    idempotency_key text,
    request_sha256 bytea,
    customer_display_id bigint,
    customer_id text,
    attributes jsonb,
    OUT outcome text,
    OUT status integer,
    OUT body json,
    OUT log_position bigint,
    OUT is_replay boolean
)
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET TimeZone = 'UTC'
SET lock_timeout = '2s'
AS $$
#variable_conflict use_column
DECLARE
    endpoint constant text := 'POST /onboardings';
    started record;
    at timestamptz;
    parent text;
    document jsonb;
BEGIN
    is_replay := false;
    SELECT s.outcome, s.livemode, s.generation, s.log_position, s.status, s.body INTO started
    FROM hooklog.start_command(
        workspace, key_id, key_sha256, endpoint, idempotency_key, request_sha256) AS s;
    outcome := started.outcome;
    log_position := started.log_position;
    IF outcome = 'replayed' THEN
        outcome := 'ok';
        is_replay := true;
        status := started.status;
        body := started.body;
        RETURN;
    ELSIF outcome <> 'ok' THEN
        RETURN;
    END IF;
    parent := hooklog.resolve_customer(
        workspace, started.livemode, customer_display_id, command_create_onboarding.customer_id);
    IF parent IS NULL THEN
        outcome := 'customer_not_found';
        RETURN;
    END IF;
    at := clock_timestamp();
    document := hooklog.onboarding_defaults()
        || hooklog.onboarding_attributes(hooklog.onboarding_defaults(), attributes, at)
        || jsonb_build_object(
            'id', hooklog.new_id(),
            'display_id', hooklog.next_onboarding_id(workspace, started.livemode),
            'customer_id', parent);
    log_position := hooklog.record_command(
        workspace, started.generation, started.livemode, key_id, at, ARRAY['onboarding.created'], ARRAY[document],
        ARRAY[NULL::jsonb], ARRAY[NULL::timestamptz]);
    status := 201;
    SELECT hooklog.render_onboarding(f.entity_id, f.document, f.created_at, f.updated_at) INTO body
    FROM hooklog.find_onboarding(workspace, started.livemode, NULL, document ->> 'id') AS f;
    PERFORM hooklog.store_answer(
        workspace, started.livemode, endpoint, idempotency_key, request_sha256, status, body, log_position);
END
$$;
