-- projection: directory
-- A task of an onboarding; seen when it is completed.
-- kind: entity
-- reads: pivotal/task
-- index: (workspace_id, livemode, system, onboarding_id)
SELECT
    hooklog.integer(document, 'display_id') AS display_id,
    hooklog.document_id(document, 'onboarding_id') AS onboarding_id,
    hooklog.document_id(document, 'customer_id') AS customer_id,
    hooklog.text(document, 'title') AS title,
    hooklog.time(document, 'completed_at') AS completed_at,
    hooklog.text(document, 'completed_by') AS completed_by,
    hooklog.text(document, 'assignee_email') AS assignee_email
