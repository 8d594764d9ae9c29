-- Whether a JSON text is without numbers beyond 1e400 or nearer to zero than 1e-400: jsonb holds those in a few bytes and
-- writes them out in thousands (a body of 72 kB becomes a text of 1 GB).
-- Only a text that has a number with a three-digit exponent can hold one, and few have that (JSONPart.isPlain in Swift looks
-- for the same). Asked of numbers, which stand at the start or after a space, colon, comma or bracket; in one of four UUIDs
-- digits merely look like one.
CREATE OR REPLACE FUNCTION hooklog.has_plain_numbers(body text, payload jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT body !~ '(^|[[:space:]:,[])-?[0-9]+(\.[0-9]+)?[eE][+-]?[0-9]{3}'
        OR NOT jsonb_path_exists(
            payload,
            'strict $.** ? (@.type() == "number") ? (@ > 1e400 || @ < -1e400 || (@ > -1e-400 && @ < 1e-400 && @ != 0))')
$$;
