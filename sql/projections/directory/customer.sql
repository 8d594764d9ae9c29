-- projection: directory
-- A customer: the company that is being onboarded and looked after.
-- kind: entity
-- reads: pivotal/customer
-- index: (workspace_id, livemode, system, created_at, first_position)
-- index: (workspace_id, livemode, system, updated_at, first_position)
-- index: (workspace_id, livemode, system, display_id)
-- index: (workspace_id, livemode, system, slug)
SELECT
    hooklog.integer(document, 'display_id') AS display_id,
    hooklog.text(document, 'name') AS name,
    hooklog.short_id(hooklog.text(document, 'slug')) AS slug,
    hooklog.text(document, 'domain') AS domain,
    coalesce(
        hooklog.text(document, 'status'),
        CASE
            WHEN hooklog.boolean(document, 'churned') THEN 'churned'
            WHEN hooklog.boolean(document, 'at_risk') THEN 'at_risk'
            ELSE 'active'
        END
    ) AS status,
    hooklog.text(document, 'plan') AS plan,
    hooklog.number(document, 'mrr') AS mrr,
    hooklog.number(document, 'health_score') AS health_score,
    coalesce(hooklog.boolean(document, 'at_risk'), false) AS at_risk,
    coalesce(hooklog.boolean(document, 'churned'), false) AS churned,
    hooklog.text(document, 'owner_email') AS owner_email
