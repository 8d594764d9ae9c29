-- Whether a JSON text has at most 128 levels: JSON readers of many clients take no more, and one deeper event would keep
-- them from reading the page it is on. Only a text with more opening brackets than that is looked at closer; those in
-- strings count there, for they are counted quickly. JSONPart.isPlain in Swift counts the same.
CREATE OR REPLACE FUNCTION hooklog.is_shallow(body text, payload jsonb) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT octet_length(body) - octet_length(replace(replace(body, '{', ''), '[', '')) <= 128
        OR NOT jsonb_path_exists(payload, 'strict $.**{128} ? (@.type() == "object" || @.type() == "array")')
$$;
