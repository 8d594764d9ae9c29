-- The stored answers of Pivotal's API under whole paths, as those of all surfaces are.
UPDATE hooklog.stored_answer
SET endpoint = replace(endpoint, 'POST /', 'POST /api/v1/')
WHERE endpoint LIKE 'POST /customers%'
    OR endpoint LIKE 'POST /onboardings%';
