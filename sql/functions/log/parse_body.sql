-- The body as jsonb, and what is to be known of that; NULL when there is nothing to say:
--
-- characters_replaced  jsonb cannot hold \u0000 or half of a surrogate pair: U+FFFD stands for each
-- not_utf8, not_json   there is no payload: the body is not what JSON is
-- too_deep             there is none: it has more than 128 levels, which clients cannot read
-- number_too_large     there is none: a number is beyond 1e400 or nearer to zero than 1e-400
-- not_representable    there is none: another of jsonb's limits
--
-- Never fails: one hostile body costs its neighbours nothing.
CREATE OR REPLACE FUNCTION hooklog.parse_body(body bytea, OUT payload jsonb, OUT note text)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    content text;
BEGIN
    note := 'not_utf8';
    content := convert_from(body, 'UTF8');
    note := NULL;
    BEGIN
        payload := content::jsonb;
    EXCEPTION WHEN untranslatable_character OR invalid_text_representation THEN
        note := 'not_json';
        content := hooklog.replace_characters(content);
        payload := content::jsonb;
        note := 'characters_replaced';
    END;
    IF NOT hooklog.has_plain_numbers(content, payload) THEN
        note := 'number_too_large';
    ELSIF NOT hooklog.is_shallow(content, payload) THEN
        note := 'too_deep';
    END IF;
    IF note <> 'characters_replaced' THEN
        payload := NULL;
    END IF;
EXCEPTION
    WHEN numeric_value_out_of_range THEN
        payload := NULL;
        note := 'number_too_large';
    WHEN statement_too_complex THEN
        payload := NULL;
        note := 'too_deep';
    WHEN data_exception OR program_limit_exceeded OR syntax_error_or_access_rule_violation THEN
        payload := NULL;
        note := CASE WHEN position('\x00'::bytea IN body) > 0 THEN 'not_json' ELSE coalesce(note, 'not_representable') END;
END
$$;
