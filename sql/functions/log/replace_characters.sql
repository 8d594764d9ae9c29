-- A JSON text with U+FFFD for each \u0000 and for each half of a surrogate pair, none of which jsonb can hold.
-- Backslashes that are escaped themselves are set aside as U+0001, which no JSON text may hold as it is: \\u0000 is a
-- backslash and a word. A text that does hold it comes back as it is.
CREATE OR REPLACE FUNCTION hooklog.replace_characters(body text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN strpos(body, E'\x01') > 0 THEN body
        ELSE replace(
            regexp_replace(
                regexp_replace(
                    replace(replace(body, '\\', E'\x01'), '\u0000', '\ufffd'),
                    '\\u[dD][89abAB][0-9a-fA-F]{2}(?!\\u[dD][c-fC-F][0-9a-fA-F]{2})', '\\ufffd', 'g'),
                '(?<!\\u[dD][89abAB][0-9a-fA-F]{2})\\u[dD][c-fC-F][0-9a-fA-F]{2}', '\\ufffd', 'g'),
            E'\x01', '\\')
    END
$$;
