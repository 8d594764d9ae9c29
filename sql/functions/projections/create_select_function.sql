-- Makes the function that gives a user's SELECT to the engine, for one document at a time:
--
--     select_<table>_<generation>(what the SELECT may name) → a row for each row it gives, two at the most
--
-- The engine's own functions call it and hold nothing of the SELECT's text. PostgreSQL keeps its body as it has read it
-- (BEGIN ATOMIC), so that no setting of a session gives the text another meaning. It runs with the rights of the role of
-- projections, and that role owns nothing else: neither the tables nor the functions that fill them. Being the definer's,
-- it is never made a part of the statement that calls it, and so never planned with the caller's rights either.
--
-- It ends at a second row, which is one too many already; the SELECT may have a billion. Its first column is
-- there for a SELECT without columns; its name is one that no SELECT may give.
--
-- scope: the columns that the SELECT may name, "NULL::<type> AS <name>, …"; others: those that the engine adds
-- shown: a view with all of these and the SELECT's own
CREATE OR REPLACE FUNCTION hooklog.create_select_function(
    generation bigint, spec jsonb, scope text, others text, shown regclass
) RETURNS void
LANGUAGE plpgsql VOLATILE
SET standard_conforming_strings = on
AS $$
DECLARE
    own_name text := hooklog.own_name(false, generation, spec ->> 'name', 'select');
    inputs text;
    types text;
    named text;
    columns text;
BEGIN
    SELECT
        string_agg(format('given_%s %s', s.parts[2], s.parts[1]), ', ' ORDER BY s.nth),
        string_agg(s.parts[1], ', ' ORDER BY s.nth),
        string_agg(format('$%s AS %I', s.nth, s.parts[2]), ', ' ORDER BY s.nth)
    INTO inputs, types, named
    FROM regexp_matches(scope, 'NULL::(\w+) AS (\w+)', 'g') WITH ORDINALITY AS s (parts, nth);
    SELECT string_agg(format(', %I %s', a.attname, format_type(a.atttypid, a.atttypmod)), '' ORDER BY a.attnum)
    INTO columns
    FROM pg_attribute AS a
    WHERE a.attrelid = shown
        AND a.attname NOT IN (SELECT e.parts[1] FROM regexp_matches(scope || others, 'AS (\w+)', 'g') AS e (parts));
    EXECUTE format(
        E'CREATE FUNCTION %s(%s) RETURNS TABLE (workspace_id boolean%s) LANGUAGE sql STABLE SECURITY DEFINER ROWS 1 '
        'BEGIN ATOMIC SELECT true, c.* FROM (SELECT %s) AS m CROSS JOIN LATERAL (\n%s\n) AS c LIMIT 2; END',
        own_name, inputs, coalesce(columns, ''), named, spec ->> 'select');
    PERFORM hooklog.give_to_projections(format('%s(%s)', own_name, types));
END
$$;
