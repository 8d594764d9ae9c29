-- The body of the function that folds every event of (after, upto] alone onto an empty document and throws the result
-- away: test_<table>_<generation>(workspace, after, upto, since, until). Returns how many events it tried. It fails with the
-- SQLSTATE of the projection's own SELECT when that refuses one of them, and with 21000 when that does not give one row.
CREATE OR REPLACE FUNCTION hooklog.test_template() RETURNS text
LANGUAGE sql IMMUTABLE AS $template$
    SELECT $body$
#variable_conflict use_column
DECLARE
    tested record;
BEGIN
    SELECT count(*) AS events, sum(m.outcomes) AS outcomes, max(m.outcomes) AS most
    INTO tested
    FROM (
        SELECT (SELECT count(ROW (c.*)) FROM (<select>) AS c) AS outcomes
        FROM <page> AS m
        WHERE jsonb_typeof(m.document) = 'object'<has_entity>
    ) AS m;
    IF tested.most > 1 OR tested.outcomes < tested.events THEN
        RAISE EXCEPTION 'the SELECT does not give exactly one row for each document' USING ERRCODE = '21000';
    END IF;
    RETURN tested.events;
END
$body$
$template$;
