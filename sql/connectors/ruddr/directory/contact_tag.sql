-- projection: directory
-- A tag that contacts may bear.
-- kind: entity
-- reads: ruddr/contact_tag
-- index: (workspace_id, livemode, system, created_at, first_position)
SELECT hooklog.text(document, 'name') AS name
