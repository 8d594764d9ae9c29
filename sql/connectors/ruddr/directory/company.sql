-- projection: directory
-- A company: an account of the sales pipeline, which may never become a customer.
-- kind: entity
-- reads: ruddr/company
-- index: (workspace_id, livemode, system, created_at, first_position)
SELECT
    hooklog.text(document, 'name') AS name,
    hooklog.boolean(document, 'isActive') AS is_active,
    hooklog.text(document, 'websiteUrl') AS website_url
