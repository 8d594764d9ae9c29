-- POST /customers/{customerId}/contacts: adds a contact to a customer, in one statement. See hooklog.start_command()
-- and hooklog.begin_command(). The customer is named by display_id or, when that is NULL, by id.
--
-- attributes has been validated. A primary contact takes the place of the one before, whose demotion is an event of its
-- own.
-- outcome: what start_command() says, customer_not_found, email_taken or ok; status, body and log_position are the
-- answer's.
CREATE OR REPLACE FUNCTION hooklog.command_create_contact(
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
    endpoint constant text := format(
        'POST /customers/%s/contacts', coalesce(customer_display_id::text, customer_id));
    started record;
    parent text;
    document jsonb;
    demoted record;
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
        workspace, started.livemode, customer_display_id, command_create_contact.customer_id);
    IF parent IS NULL THEN
        outcome := 'customer_not_found';
        RETURN;
    ELSIF hooklog.is_email_taken(workspace, started.livemode, parent, attributes ->> 'email', NULL) THEN
        outcome := 'email_taken';
        RETURN;
    END IF;
    document := jsonb_build_object(
            'id', hooklog.new_id(),
            'display_id', hooklog.next_contact_id(workspace, started.livemode),
            'customer_id', parent)
        || '{"title": null, "is_primary": false, "labels": []}'
        || attributes;
    SELECT d.types, d.documents, d.previous, d.since INTO demoted
    FROM hooklog.demotions(
        workspace, started.livemode, CASE WHEN (document -> 'is_primary')::boolean THEN parent END, NULL) AS d;
    log_position := hooklog.record_command(
        workspace, started.generation, started.livemode, key_id, clock_timestamp(),
        demoted.types || 'contact.created'::text,
        demoted.documents || document,
        demoted.previous || NULL::jsonb,
        demoted.since || NULL::timestamptz);
    status := 201;
    SELECT hooklog.render_contact(f.entity_id, f.document, f.created_at, f.updated_at) INTO body
    FROM hooklog.find_contact(workspace, started.livemode, NULL, document ->> 'id') AS f;
    PERFORM hooklog.store_answer(
        workspace, started.livemode, endpoint, idempotency_key, request_sha256, status, body, log_position);
END
$$;
