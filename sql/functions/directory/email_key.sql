-- What an e-mail address is known by: whoever has two that give the same is one person. NULL for none. Never fails.
--
-- Blanks around it do not count, nor do capitals; a letter with an accent is one, however it is composed (NFC); a domain
-- is written in its own letters, also where a sender has them encoded ('xn--…'). What is longer than any address only
-- has its capitals A to Z lowered. Every column, look-up and rule of uniqueness goes by this function.
CREATE OR REPLACE FUNCTION hooklog.email_key(address text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    blanks constant text := E' \t\n\r\f\x0b\u00a0\u2007\u202f\u3000\ufeff';
    key text := lower(btrim(address, blanks) COLLATE "C");
    domain text;
BEGIN
    IF octet_length(key) > 320 THEN
        RETURN hooklog.short_id(key);
    END IF;
    IF octet_length(key) > length(key) THEN
        key := normalize(hooklog.lower_case(normalize(key)));
    END IF;
    IF strpos(key, 'xn--') > 0 THEN
        domain := split_part(key, '@', -1);
        key := left(key, -length(domain)) || (
            SELECT string_agg(
                coalesce(normalize(hooklog.lower_case(normalize(hooklog.domain_label(l.label)))), l.label), '.'
                ORDER BY l.nth)
            FROM unnest(string_to_array(domain, '.')) WITH ORDINALITY AS l (label, nth)
        );
    END IF;
    RETURN hooklog.short_id(key);
END
$$;
