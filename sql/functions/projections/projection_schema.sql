-- The schema that holds the tables of a projection: built-in ones are the owner's, users' ones belong to the role
-- that can write there and nowhere else.
CREATE OR REPLACE FUNCTION hooklog.projection_schema(built_in boolean) RETURNS text
LANGUAGE sql IMMUTABLE AS $$
    SELECT CASE WHEN built_in THEN 'hooklog_data' ELSE 'projection' END
$$;
