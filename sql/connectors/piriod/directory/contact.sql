-- reads: piriod/contact
SELECT
    coalesce(
        hooklog.document_id(document, 'customer'), hooklog.document_id(document -> 'customer', 'id')
    ) AS customer_id,
    coalesce(
        hooklog.document_id(document, 'orgunit'), hooklog.document_id(document -> 'orgunit', 'id')
    ) AS org_unit_id
