-- What is installed in this database. Fails with 42P01 where nothing is.
-- → version integer, functions text
SELECT
    coalesce((SELECT max(m.version) FROM hooklog.migration AS m), 0) AS version,
    coalesce((SELECT f.sha256 FROM hooklog.installed_functions AS f), '') AS functions;
