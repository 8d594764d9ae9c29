-- reads: pivotal/customer
SELECT
    coalesce(
        hooklog.text(document, 'status'),
        CASE
            WHEN hooklog.boolean(document, 'churned') THEN 'churned'
            WHEN hooklog.boolean(document, 'at_risk') THEN 'at_risk'
            ELSE 'active'
        END
    ) AS status
