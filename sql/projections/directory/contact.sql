-- projection: directory
-- A contact: a person at a customer. Without a name of its own it has the given and the family name. Pivotal lists no
-- contacts by created_at alone, so that index leaves them out; a query that wants it says system <> 'pivotal'.
-- kind: entity
-- reads: pivotal/contact, piriod/contact, stuut/partner_contact, ruddr/contact
-- index: (workspace_id, livemode, system, customer_id, created_at, first_position)
-- index: (workspace_id, livemode, system, updated_at, first_position)
-- index: (workspace_id, livemode, system, display_id)
-- index: (workspace_id, livemode, email, system, first_position)
-- index: (workspace_id, livemode, system, created_at, first_position) WHERE system <> 'pivotal'
-- index: (workspace_id, livemode, system, org_unit_id, created_at, first_position) WHERE org_unit_id IS NOT NULL
SELECT
    hooklog.integer(document, 'display_id') AS display_id,
    CASE system
        WHEN 'piriod' THEN coalesce(
            hooklog.document_id(document, 'customer'), hooklog.document_id(document -> 'customer', 'id'))
        WHEN 'stuut' THEN hooklog.document_id(document, 'partner_id')
        ELSE hooklog.document_id(document, 'customer_id')
    END AS customer_id,
    CASE system
        WHEN 'stuut' THEN hooklog.person_name(document, 'given_name', 'family_name')
        WHEN 'ruddr' THEN hooklog.person_name(document, 'firstName', 'lastName')
        ELSE hooklog.text(document, 'name')
    END AS name,
    hooklog.email_key(hooklog.text(document, 'email')) AS email,
    CASE system
        WHEN 'stuut' THEN hooklog.text(document, 'job_title')
        ELSE hooklog.text(document, 'title')
    END AS title,
    coalesce(hooklog.boolean(document, 'is_primary'), false) AS is_primary,
    CASE system
        WHEN 'piriod' THEN coalesce(
            hooklog.document_id(document, 'orgunit'), hooklog.document_id(document -> 'orgunit', 'id'))
    END AS org_unit_id,
    CASE system
        WHEN 'ruddr' THEN coalesce(hooklog.text(document, 'officePhone'), hooklog.text(document, 'mobilePhone'))
        ELSE hooklog.text(document, 'phone')
    END AS phone
