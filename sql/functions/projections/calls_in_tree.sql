-- The functions that a stored expression or query calls by itself, and those of the views in it: by name, as an operator,
-- an aggregate, a sort order or a domain's check.
--
-- tree: as the catalogue shows it (pg_rewrite.ev_action, pg_proc.prosqlbody, pg_constraint.conbin). A name in it has
-- its spaces escaped, so that none looks like a field.
CREATE OR REPLACE FUNCTION hooklog.calls_in_tree(tree text) RETURNS SETOF oid
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    WITH field AS MATERIALIZED (
        SELECT
            f.parts[1] AS name,
            v.value::oid AS value
        FROM regexp_matches(
            tree,
            ':(funcid|aggfnoid|winfnoid|tsmhandler|opfuncid|opno|eqop|sortop|opnos|resulttype|relid)'
            ' (?:\(o )?(\d+(?: \d+)*)', 'g') AS f (parts)
        CROSS JOIN LATERAL regexp_split_to_table(f.parts[2], ' ') AS v (value)
        GROUP BY 1, 2
    )
    SELECT f.value
    FROM field AS f
    WHERE f.name IN ('funcid', 'aggfnoid', 'winfnoid', 'tsmhandler', 'opfuncid')
    UNION
    SELECT o.oprcode
    FROM field AS f
    JOIN pg_operator AS o ON o.oid = f.value
    WHERE f.name IN ('opno', 'eqop', 'sortop', 'opnos')
    UNION
    SELECT c.oid
    FROM field AS f
    JOIN pg_constraint AS d ON d.contypid = f.value
    CROSS JOIN LATERAL hooklog.calls_in_tree(d.conbin::text) AS c (oid)
    WHERE f.name = 'resulttype'
    UNION
    SELECT c.oid
    FROM field AS f
    JOIN pg_class AS r ON r.oid = f.value AND r.relkind = 'v'
    JOIN pg_rewrite AS w ON w.ev_class = r.oid
    -- A view's rule names the view itself, twice.
    CROSS JOIN LATERAL hooklog.calls_in_tree(replace(w.ev_action::text, ':relid ' || r.oid || ' ', '')) AS c (oid)
    WHERE f.name = 'relid'
$$;
