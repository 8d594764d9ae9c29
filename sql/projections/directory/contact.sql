-- projection: directory
-- A contact: a person at a customer.
-- kind: entity
-- reads: pivotal/contact
-- index: (workspace_id, livemode, system, customer_id, created_at, first_position)
-- index: (workspace_id, livemode, system, updated_at, first_position)
-- index: (workspace_id, livemode, system, display_id)
-- index: (workspace_id, livemode, system, email)
SELECT
    hooklog.integer(document, 'display_id') AS display_id,
    hooklog.document_id(document, 'customer_id') AS customer_id,
    hooklog.text(document, 'name') AS name,
    hooklog.short_id(lower(hooklog.text(document, 'email'))) AS email,
    hooklog.text(document, 'title') AS title,
    coalesce(hooklog.boolean(document, 'is_primary'), false) AS is_primary
