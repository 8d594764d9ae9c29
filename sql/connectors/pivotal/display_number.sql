-- The display_id that a path or a filter names: all digits are one, anything else is an id, and so are more digits than
-- there can be numbers; NULL then.
CREATE OR REPLACE FUNCTION hooklog.display_number(name text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN name !~ '^[0-9]+$' THEN NULL
        WHEN name::numeric <= 9223372036854775807 THEN name::bigint
    END
$$;
