-- projection: directory
-- A contact: a person at a customer. Without a name of its own it has the given and the family name. What vendors have
-- contacts, and what they spell otherwise, stands in connectors/<vendor>/directory/. Pivotal lists no contacts by created_at
-- alone, so that index leaves them out; a query that wants it says system <> 'pivotal'.
-- kind: entity
-- index: (workspace_id, livemode, system, customer_id, created_at, first_position)
-- index: (workspace_id, livemode, system, updated_at, first_position)
-- index: (workspace_id, livemode, system, display_id)
-- index: (workspace_id, livemode, email, system, first_position)
-- index: (workspace_id, livemode, system, created_at, first_position) WHERE system <> 'pivotal'
-- index: (workspace_id, livemode, system, org_unit_id, created_at, first_position) WHERE org_unit_id IS NOT NULL
SELECT
    hooklog.integer(document, 'display_id') AS display_id,
    hooklog.document_id(document, 'customer_id') AS customer_id,
    hooklog.text(document, 'name') AS name,
    hooklog.email_key(hooklog.text(document, 'email')) AS email,
    hooklog.text(document, 'title') AS title,
    coalesce(hooklog.boolean(document, 'is_primary'), false) AS is_primary,
    NULL::text AS org_unit_id,
    hooklog.text(document, 'phone') AS phone
