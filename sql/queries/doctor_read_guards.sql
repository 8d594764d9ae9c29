-- Whether the log and its ledger refuse changes, for `hooklog doctor`. Reads the catalogue only.
-- → unguarded text (the tables that do not, or ''), maintenance text (where hooklog.maintenance is on, or '')
SELECT
    coalesce((SELECT string_agg(u::text, ', ' ORDER BY u::text) FROM hooklog.unguarded_tables() AS u), '') AS unguarded,
    concat_ws(
        ', ',
        CASE WHEN current_setting('hooklog.maintenance', true) = 'on' THEN 'this session' END,
        (
            SELECT string_agg(
                concat_ws(' of ', 'role ' || nullif(s.setrole, 0)::regrole::text, 'database ' || d.datname), ', '
                ORDER BY s.setrole, s.setdatabase)
            FROM pg_db_role_setting AS s
            LEFT JOIN pg_database AS d ON d.oid = s.setdatabase
            WHERE 'hooklog.maintenance=on' = ANY (s.setconfig)
                AND (s.setdatabase = 0 OR d.datname = current_database())
        )) AS maintenance;
