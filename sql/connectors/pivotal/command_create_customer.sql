-- POST /customers: makes a customer, in one statement. See hooklog.start_command() and hooklog.begin_command().
--
-- attributes has been validated. derived_slug counts when they hold no slug; NULL: a slug is made of the display_id.
-- outcome: what start_command() says, slug_taken or ok; status, body and log_position are the answer's.
CREATE OR REPLACE FUNCTION hooklog.command_create_customer(
    workspace bigint,
    key_id bigint,
    key_sha256 bytea,
    idempotency_key text,
    request_sha256 bytea,
    derived_slug text,
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
    endpoint constant text := 'POST /customers';
    started record;
    at timestamptz;
    number bigint;
    slug text;
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
    number := hooklog.next_customer_id(workspace, started.livemode);
    slug := coalesce(attributes ->> 'slug', derived_slug, 'customer-' || number);
    IF hooklog.is_slug_taken(workspace, started.livemode, slug, NULL) THEN
        outcome := 'slug_taken';
        RETURN;
    END IF;
    at := clock_timestamp();
    document := jsonb_build_object('id', hooklog.new_id(), 'display_id', number)
        || '{"domain": null, "plan": null, "mrr": null, "monthly_orders": null, "hubspot_company_id": null,
            "hubspot_deal_id": null, "stripe_customer_id": null, "intercom_company_id": null, "slack_channel_id": null}'
        || hooklog.customer_attributes(attributes)
        || jsonb_build_object('slug', slug);
    log_position := hooklog.record_command(
        workspace, started.generation, started.livemode, key_id, at, ARRAY['customer.created'], ARRAY[document],
        ARRAY[NULL::jsonb], ARRAY[NULL::timestamptz]);
    status := 201;
    SELECT hooklog.render_customer(f.entity_id, f.document, f.status, f.created_at, f.updated_at) INTO body
    FROM hooklog.find_customer(workspace, started.livemode, NULL, document ->> 'id') AS f;
    PERFORM hooklog.store_answer(
        workspace, started.livemode, endpoint, idempotency_key, request_sha256, status, body, log_position);
END
$$;
