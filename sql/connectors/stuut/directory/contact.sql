-- reads: stuut/partner_contact
SELECT
    hooklog.document_id(document, 'partner_id') AS customer_id,
    hooklog.person_name(document, 'given_name', 'family_name') AS name,
    hooklog.text(document, 'job_title') AS title
