-- projection: directory
-- A customer: the company that is being onboarded and looked after; the vendors call it customer, partner or client.
-- kind: entity
-- reads: pivotal/customer, piriod/customer, stuut/partner, ruddr/client
-- index: (workspace_id, livemode, system, created_at, first_position)
-- index: (workspace_id, livemode, system, updated_at, first_position)
-- index: (workspace_id, livemode, system, display_id)
-- index: (workspace_id, livemode, system, slug)
SELECT
    hooklog.integer(document, 'display_id') AS display_id,
    hooklog.text(document, 'name') AS name,
    CASE system
        WHEN 'ruddr' THEN hooklog.short_id(hooklog.text(document, 'key'))
        ELSE hooklog.short_id(hooklog.text(document, 'slug'))
    END AS slug,
    hooklog.text(document, 'domain') AS domain,
    CASE system
        WHEN 'pivotal' THEN coalesce(
            hooklog.text(document, 'status'),
            CASE
                WHEN hooklog.boolean(document, 'churned') THEN 'churned'
                WHEN hooklog.boolean(document, 'at_risk') THEN 'at_risk'
                ELSE 'active'
            END
        )
        WHEN 'ruddr' THEN hooklog.text(document, 'recordStatusId')
        ELSE hooklog.text(document, 'status')
    END AS status,
    hooklog.text(document, 'plan') AS plan,
    hooklog.number(document, 'mrr') AS mrr,
    hooklog.number(document, 'health_score') AS health_score,
    coalesce(hooklog.boolean(document, 'at_risk'), false) AS at_risk,
    coalesce(hooklog.boolean(document, 'churned'), false) AS churned,
    CASE system
        WHEN 'stuut' THEN hooklog.text(document -> 'assignee', 'email')
        ELSE hooklog.text(document, 'owner_email')
    END AS owner_email
