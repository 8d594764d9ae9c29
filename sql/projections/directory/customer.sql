-- projection: directory
-- A customer: the company that is being onboarded and looked after; the vendors call it customer, partner or client. Which do,
-- and what they spell otherwise, stands in connectors/<vendor>/directory/.
-- kind: entity
-- index: (workspace_id, livemode, system, created_at, first_position)
-- index: (workspace_id, livemode, system, updated_at, first_position)
-- index: (workspace_id, livemode, system, display_id)
-- index: (workspace_id, livemode, system, slug)
SELECT
    hooklog.integer(document, 'display_id') AS display_id,
    hooklog.text(document, 'name') AS name,
    hooklog.short_id(hooklog.text(document, 'slug')) AS slug,
    hooklog.text(document, 'domain') AS domain,
    hooklog.text(document, 'status') AS status,
    hooklog.text(document, 'plan') AS plan,
    hooklog.number(document, 'mrr') AS mrr,
    hooklog.number(document, 'health_score') AS health_score,
    coalesce(hooklog.boolean(document, 'at_risk'), false) AS at_risk,
    coalesce(hooklog.boolean(document, 'churned'), false) AS churned,
    hooklog.text(document, 'owner_email') AS owner_email
