-- reads: ruddr/contact
SELECT
    hooklog.person_name(document, 'firstName', 'lastName') AS name,
    coalesce(hooklog.text(document, 'officePhone'), hooklog.text(document, 'mobilePhone')) AS phone
