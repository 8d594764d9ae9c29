-- projection: health_score
-- What each customer's health is now, for the weekly review.
-- kind: entity
-- reads: pivotal/customer
-- index: (workspace_id, health_score)
SELECT
    hooklog.text(document, 'name') AS name,
    hooklog.integer(document, 'health_score') AS health_score,
    hooklog.boolean(document, 'at_risk') AS at_risk
