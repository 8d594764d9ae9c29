-- projection: directory
-- What an internal contact is to a customer; to none yet when partner_id is null.
-- kind: entity
-- reads: stuut/internal_contact_assignment
-- index: (workspace_id, livemode, system, created_at, first_position)
-- index: (workspace_id, livemode, system, partner_id, created_at, first_position)
-- index: (workspace_id, livemode, system, internal_contact_id, created_at, first_position)
SELECT
    hooklog.document_id(document, 'partner_id') AS partner_id,
    coalesce(
        hooklog.document_id(document -> 'internal_contact', 'id'),
        hooklog.document_id(document, 'internal_contact_id')
    ) AS internal_contact_id,
    hooklog.text(document, 'internal_role') AS internal_role,
    hooklog.document_id(document, 'remote_id') AS remote_id
