-- What a document calls a person: the full name, or without one the given and the family name; NULL when there is none.
CREATE OR REPLACE FUNCTION hooklog.person_name(document jsonb, given_key text, family_key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(
        nullif(hooklog.text(document, 'name'), ''),
        nullif(
            concat_ws(
                ' ',
                nullif(hooklog.text(document, given_key), ''),
                nullif(hooklog.text(document, family_key), '')),
            ''))
$$;
