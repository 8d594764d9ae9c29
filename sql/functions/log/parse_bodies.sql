-- Every body as jsonb, in order: NULL where it is not representable. notes says of each what is to be known of its payload,
-- see hooklog.parse_body(); it is NULL as a whole when there is nothing to say. Parses each once in the usual case; only a
-- batch with a bad body in it is parsed body by body.
-- are_plain: the caller looked, and no body has a number with an exponent of three digits or more than 128 opening brackets
-- (JSONPart.isPlain in Swift), so those that jsonb takes are representable. Looking here costs as much as parsing.
CREATE OR REPLACE FUNCTION hooklog.parse_bodies(
    bodies bytea[],
    are_plain boolean DEFAULT false,
    OUT payloads jsonb[],
    OUT notes text[]
)
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
DECLARE
    are_representable boolean;
BEGIN
    BEGIN
        SELECT
            array_agg(p.payload),
            bool_and(
                are_plain IS TRUE
                OR hooklog.has_plain_numbers(p.body, p.payload) AND hooklog.is_shallow(p.body, p.payload))
        INTO payloads, are_representable
        FROM (
            SELECT d.body, d.body::jsonb AS payload
            FROM (
                SELECT convert_from(bodies[i.ordinal], 'UTF8') AS body
                FROM generate_subscripts(bodies, 1) AS i (ordinal)
                OFFSET 0
            ) AS d
            OFFSET 0
        ) AS p;
    EXCEPTION WHEN data_exception OR program_limit_exceeded OR syntax_error_or_access_rule_violation THEN
        are_representable := false;
    END;
    IF are_representable THEN
        RETURN;
    END IF;
    SELECT array_agg(p.payload ORDER BY i.ordinal), array_agg(p.note ORDER BY i.ordinal) INTO payloads, notes
    FROM unnest(bodies) WITH ORDINALITY AS i (body, ordinal)
    CROSS JOIN LATERAL hooklog.parse_body(i.body) AS p;
END
$$;
