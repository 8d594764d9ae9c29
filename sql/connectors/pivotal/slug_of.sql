-- The slug that a name gives: its letters and digits without accents, in lower case, joined by hyphens, at most 100
-- characters; NULL when it has none of A to Z and 0 to 9. The ranges are the marks that stand on Latin letters, and those
-- that choose between forms of a sign.
CREATE OR REPLACE FUNCTION hooklog.slug_of(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT nullif(
        trim(BOTH '-' FROM left(
            ltrim(
                regexp_replace(
                    regexp_replace(
                        lower(normalize(name, NFKD) COLLATE "C"),
                        '[''\u2019\u0300-\u036f\u0483-\u0487\u1ab0-\u1abd\u1abf-\u1ace\u1dc0-\u1dff\u20d0-\u20dc\u20e1\u20e5-\u20f0\ufe00-\ufe0f\ufe20-\ufe2f]', '', 'g'),
                    '[^a-z0-9]+', '-', 'g'),
                '-'),
            100)),
        '')
$$;
