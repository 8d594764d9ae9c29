-- What stands for an identifier that is too long. Apart from short_id, which could not be inlined with convert_to in it:
-- that function is only marked stable.
CREATE OR REPLACE FUNCTION hooklog.hashed_id(value text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN 'sha256:' || encode(sha256(convert_to(value, 'UTF8')), 'hex');
END
$$;
