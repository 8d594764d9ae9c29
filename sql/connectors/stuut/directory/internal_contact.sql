-- projection: directory
-- An internal contact: a person of one's own organisation who looks after customers.
-- kind: entity
-- reads: stuut/internal_contact
-- index: (workspace_id, livemode, system, created_at, first_position)
-- index: (workspace_id, livemode, system, updated_at, first_position)
-- index: (workspace_id, livemode, email, system, first_position)
SELECT
    hooklog.person_name(document, 'given_name', 'family_name') AS name,
    hooklog.email_key(hooklog.text(document, 'email')) AS email,
    hooklog.text(document, 'job_title') AS title,
    hooklog.text(document, 'phone') AS phone
