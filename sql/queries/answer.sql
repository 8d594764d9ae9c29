-- What answers a request with what a function gives back, which is called only when the request's key is right. See
-- SQLLibrary.answer().
-- → outcome text, body json
-- OFFSET 0 has the outcome of the check decide before the function is called, and not after.
SELECT coalesce(answer.outcome, caller.outcome) AS outcome, answer.body
FROM hooklog.<check>($1, $2, $3<checked>) AS caller
LEFT JOIN LATERAL (
    SELECT f.outcome, f.body
    FROM hooklog.<function>($1, caller.livemode<arguments>) AS f
    WHERE caller.outcome = 'ok'
    OFFSET 0
) AS answer ON true
