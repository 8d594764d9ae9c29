-- A customer as Pivotal's API shows it. What no event carried, or carried as another type, is null.
CREATE OR REPLACE FUNCTION hooklog.render_customer(
    id text, document jsonb, status text, created_at timestamptz, updated_at timestamptz
) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT json_build_object(
        'object', 'customer',
        'id', id,
        'display_id', hooklog.integer(document, 'display_id'),
        'name', hooklog.text(document, 'name'),
        'slug', hooklog.text(document, 'slug'),
        'domain', hooklog.text(document, 'domain'),
        'status', status,
        'plan', hooklog.text(document, 'plan'),
        'mrr', hooklog.integer(document, 'mrr'),
        'monthly_orders', hooklog.integer(document, 'monthly_orders'),
        'hubspot_company_id', hooklog.text(document, 'hubspot_company_id'),
        'hubspot_deal_id', hooklog.text(document, 'hubspot_deal_id'),
        'stripe_customer_id', hooklog.text(document, 'stripe_customer_id'),
        'intercom_company_id', hooklog.text(document, 'intercom_company_id'),
        'slack_channel_id', hooklog.text(document, 'slack_channel_id'),
        'created_at', hooklog.render_time(created_at),
        'updated_at', hooklog.render_time(updated_at))
$$;
