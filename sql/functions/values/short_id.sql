-- An identifier of at most 255 bytes: the value itself, or the hash of a longer one; NULL for none or an empty one.
CREATE OR REPLACE FUNCTION hooklog.short_id(value text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN value = '' THEN NULL
        WHEN octet_length(value) <= 255 THEN value
        ELSE hooklog.hashed_id(value)
    END
$$;
