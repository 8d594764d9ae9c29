-- Whether anything of Hooklog is installed in this database.
-- → installed boolean
SELECT to_regclass('hooklog.migration') IS NOT NULL AS installed;
