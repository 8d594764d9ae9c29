-- reads: stuut/partner
SELECT
    hooklog.text(document -> 'assignee', 'email') AS owner_email
