-- The body as jsonb; NULL when jsonb refuses it (not UTF-8, not JSON, \u0000, a lone surrogate, too deep) or when its
-- numbers are not representable. Never fails: one hostile body costs its neighbours nothing.
CREATE OR REPLACE FUNCTION hooklog.try_jsonb(body bytea) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    IF hooklog.representable(convert_from(body, 'UTF8')) THEN
        RETURN convert_from(body, 'UTF8')::jsonb;
    END IF;
    RETURN NULL;
EXCEPTION WHEN data_exception OR program_limit_exceeded OR syntax_error_or_access_rule_violation THEN
    RETURN NULL;
END
$$;
