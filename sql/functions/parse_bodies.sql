-- Every body as jsonb, in order, NULL where it is not representable. Parses each once in the usual case; only a batch
-- with a bad body in it is parsed body by body.
CREATE OR REPLACE FUNCTION hooklog.parse_bodies(bodies bytea[]) RETURNS jsonb[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY(
        SELECT CASE WHEN hooklog.representable(decoded.body) THEN decoded.body::jsonb END
        FROM unnest(bodies) WITH ORDINALITY AS input (body, ordinal)
        CROSS JOIN LATERAL (SELECT convert_from(input.body, 'UTF8') OFFSET 0) AS decoded (body)
        ORDER BY input.ordinal);
EXCEPTION WHEN data_exception OR program_limit_exceeded OR syntax_error_or_access_rule_violation THEN
    RETURN ARRAY(
        SELECT hooklog.try_jsonb(input.body)
        FROM unnest(bodies) WITH ORDINALITY AS input (body, ordinal)
        ORDER BY input.ordinal);
END
$$;
