-- Pivotal's rules for customers; see hooklog.judge_write(). A slug must be one customer's; who gives none gets what the name
-- gives, else what the display_id does. A change of status to at_risk, churned or archived is told by an event of that name
-- too. Relies on the primary key of hooklog.customer; for the range see hooklog.find_object().
CREATE OR REPLACE FUNCTION hooklog.judge_pivotal_customer(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    at constant timestamptz := clock_timestamp();
    number bigint;
    changes jsonb;
    previous jsonb;
    document jsonb;
    types text[] := ARRAY['customer.updated'];
BEGIN
    IF write.present IS NULL THEN
        number := hooklog.next_customer_id(write.workspace, write.live);
        document := jsonb_build_object('id', hooklog.new_id(), 'display_id', number)
            || '{"domain": null, "plan": null, "mrr": null, "monthly_orders": null, "hubspot_company_id": null,
                "hubspot_deal_id": null, "stripe_customer_id": null, "intercom_company_id": null,
                "slack_channel_id": null}'
            || hooklog.customer_attributes(write.attributes)
            || jsonb_build_object('slug', coalesce(
                write.attributes ->> 'slug', hooklog.slug_of(write.attributes ->> 'name'), 'customer-' || number));
        types := ARRAY['customer.created'];
    ELSE
        SELECT c.changes, c.previous INTO changes, previous
        FROM hooklog.customer AS t
        CROSS JOIN LATERAL hooklog.changed_attributes(
            write.present || jsonb_build_object(
                'status', t.status,
                'at_risk', coalesce(hooklog.boolean(write.present, 'at_risk'), false),
                'churned', coalesce(hooklog.boolean(write.present, 'churned'), false)),
            hooklog.customer_attributes(write.attributes)) AS c
        WHERE t.workspace_id = write.workspace
            AND t.livemode = write.live
            AND t.system = 'pivotal'
            AND t.entity_type = 'customer'
            AND t.entity_id BETWEEN write.own_id AND write.own_id
        ORDER BY t.entity_id
        LIMIT 1;
        IF changes IS NULL THEN
            RETURN jsonb_build_object('found', write.own_id);
        ELSIF changes ->> 'status' IN ('at_risk', 'churned', 'archived') THEN
            types := types || ('customer.' || (changes ->> 'status'));
        END IF;
        document := write.present || changes;
    END IF;
    IF (write.present IS NULL OR changes ? 'slug')
        AND hooklog.holder_of(write, 'slug', hooklog.short_id(document ->> 'slug')) IS NOT NULL THEN
        RETURN '{"outcome": "taken", "field": "slug"}';
    END IF;
    RETURN jsonb_build_object(
        'found', coalesce(write.own_id, document ->> 'id'),
        'before', (
            SELECT jsonb_agg(hooklog.told_event(t.type, document, previous, write.since, at) ORDER BY t.ordinal)
            FROM unnest(types) WITH ORDINALITY AS t (type, ordinal)
        ));
END
$$;
