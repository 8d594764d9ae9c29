-- projection: directory
-- An onboarding: the project that takes a customer from signature to launch. Phase and state are the vendor's own words.
-- kind: entity
-- reads: pivotal/onboarding
-- index: (workspace_id, livemode, system, created_at, first_position)
-- index: (workspace_id, livemode, system, customer_id, created_at, first_position)
-- index: (workspace_id, livemode, system, display_id)
SELECT
    hooklog.integer(document, 'display_id') AS display_id,
    hooklog.document_id(document, 'customer_id') AS customer_id,
    hooklog.text(document, 'name') AS name,
    hooklog.text(document, 'phase') AS phase,
    hooklog.text(document, 'state') AS state,
    coalesce(hooklog.boolean(document, 'waiting_on_customer'), false) AS waiting_on_customer,
    hooklog.text(document, 'owner_email') AS owner_email,
    hooklog.date(document, 'target_launch_date') AS target_launch_date,
    hooklog.time(document, 'started_at') AS started_at,
    hooklog.time(document, 'completed_at') AS completed_at
