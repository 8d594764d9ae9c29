-- A contact as Pivotal's API shows it. What no event carried, or carried as another type, is null, false or [].
CREATE OR REPLACE FUNCTION hooklog.render_contact(
    id text, document jsonb, created_at timestamptz, updated_at timestamptz
) RETURNS json
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT json_build_object(
        'object', 'contact',
        'id', id,
        'display_id', hooklog.integer(document, 'display_id'),
        'customer_id', hooklog.document_id(document, 'customer_id'),
        'name', hooklog.text(document, 'name'),
        'email', lower(hooklog.text(document, 'email')),
        'title', hooklog.text(document, 'title'),
        'is_primary', coalesce(hooklog.boolean(document, 'is_primary'), false),
        'labels', CASE
            WHEN jsonb_typeof(document -> 'labels') = 'array'
                THEN jsonb_path_query_array(document -> 'labels', 'strict $[*] ? (@.type() == "string")')
            ELSE '[]'
        END,
        'created_at', hooklog.render_time(created_at),
        'updated_at', hooklog.render_time(updated_at))
$$;
