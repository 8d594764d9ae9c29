-- The slug that a name gives: its letters and digits without accents, in lower case, joined by hyphens, at most 100
-- characters; NULL when it has none of A to Z and 0 to 9. The ranges are those of Unicode's combining marks.
CREATE OR REPLACE FUNCTION hooklog.slug_of(name text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT nullif(
        trim(BOTH '-' FROM left(
            ltrim(
                regexp_replace(
                    regexp_replace(
                        lower(normalize(name, NFKD) COLLATE "C"),
                        '[''\u2019\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]', '', 'g'),
                    '[^a-z0-9]+', '-', 'g'),
                '-'),
            100)),
        '')
$$;
