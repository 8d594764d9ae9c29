-- The name of a function that a user's SELECT calls and may not; NULL when there is none. The SELECT is that of a view.
--
-- A row must be a function of its log alone, whenever and wherever it is made, and nothing may be left behind: so nothing
-- VOLATILE (that also sleeps, locks, sets and sends), and nothing that tells of the moment, the session or the server.
-- Also what such a function hides in: an operator, an aggregate, a view, a domain's check, or a SQL function whose body
-- PostgreSQL has read. A body that is a text only its language can read; such a function is what it says it is.
CREATE OR REPLACE FUNCTION hooklog.refused_call(shown regclass) RETURNS text
LANGUAGE sql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
    WITH RECURSIVE tree AS MATERIALIZED (
        SELECT replace(r.ev_action::text, ':relid ' || shown::oid || ' ', '') AS tree
        FROM pg_rewrite AS r
        WHERE r.ev_class = shown
    ),
    call AS (
        SELECT c.oid
        FROM tree AS t
        CROSS JOIN LATERAL hooklog.calls_in_tree(t.tree) AS c (oid)
        UNION
        SELECT n.oid
        FROM call AS c
        CROSS JOIN LATERAL (
            SELECT b.oid
            FROM pg_proc AS p
            CROSS JOIN LATERAL hooklog.calls_in_tree(p.prosqlbody::text) AS b (oid)
            WHERE p.oid = c.oid
            UNION
            SELECT s.oid
            FROM pg_aggregate AS a
            CROSS JOIN LATERAL unnest(ARRAY[
                a.aggtransfn, a.aggfinalfn, a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn,
                a.aggminvtransfn, a.aggmfinalfn]::oid[]) AS s (oid)
            WHERE a.aggfnoid = c.oid
        ) AS n
    )
    SELECT m.name
    FROM (
        SELECT p.oid::regprocedure::text AS name
        FROM call AS c
        JOIN pg_proc AS p ON p.oid = c.oid
        WHERE p.provolatile = 'v'
            OR p.pronamespace = 'pg_catalog'::regnamespace
            AND p.provolatile = 's'
            AND p.proname <> 'pg_typeof'
            AND (
                p.proname ~ '^(pg_|txid_|inet_(client|server)_|has_.*_privilege$|to_reg|current_|(table|schema|database)_to_xml)'
                OR p.proname IN (
                    'now', 'transaction_timestamp', 'statement_timestamp', 'version', 'session_user', 'row_security_active',
                    'col_description', 'obj_description', 'shobj_description')
                OR p.proname = 'age' AND p.pronargs = 1
            )
        UNION ALL
        -- The keywords that need no parentheses; the role and the database are always the same.
        SELECT s.name
        FROM tree AS t
        CROSS JOIN LATERAL regexp_matches(t.tree, '\{SQLVALUEFUNCTION :op (\d+)', 'g') AS v (op)
        JOIN (VALUES
            (0, 'current_date'), (1, 'current_time'), (2, 'current_time'), (3, 'current_timestamp'),
            (4, 'current_timestamp'), (5, 'localtime'), (6, 'localtime'), (7, 'localtimestamp'), (8, 'localtimestamp'),
            (12, 'session_user')) AS s (op, name) ON s.op = v.op[1]::integer
    ) AS m
    ORDER BY m.name
    LIMIT 1
$$;
