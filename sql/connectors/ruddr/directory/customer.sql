-- reads: ruddr/client
SELECT
    hooklog.short_id(hooklog.text(document, 'key')) AS slug,
    hooklog.text(document, 'recordStatusId') AS status
