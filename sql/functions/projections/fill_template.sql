-- A template with its placeholders, <word>, filled in from fields, in one pass: what is filled in is never looked at again,
-- whatever it holds. A word that is no field stays.
CREATE OR REPLACE FUNCTION hooklog.fill_template(template text, fields jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT string_agg(coalesce(fields ->> p.parts[1], p.parts[2], '<' || p.parts[1] || '>'), '' ORDER BY p.nth)
    FROM regexp_matches(template, '<([a-z_]+)>|([^<]+|<)', 'g') WITH ORDINALITY AS p (parts, nth)
$$;
