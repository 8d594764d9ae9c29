-- projection: directory
-- An organisation unit of a customer, by which its contacts are grouped.
-- kind: entity
-- reads: piriod/orgunit
-- index: (workspace_id, livemode, system, created_at, first_position)
-- index: (workspace_id, livemode, system, customer_id, created_at, first_position)
SELECT
    coalesce(
        hooklog.document_id(document, 'customer'), hooklog.document_id(document -> 'customer', 'id')
    ) AS customer_id,
    hooklog.text(document, 'name') AS name
