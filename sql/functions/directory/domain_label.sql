-- The letters of a label of a domain that is written as RFC 3492 has it ('xn--mnchen-3ya'), without further rules; NULL for
-- what is no such label. Never fails; a label has 63 characters at most, so the work is bounded.
CREATE OR REPLACE FUNCTION hooklog.domain_label(label text) RETURNS text
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
DECLARE
    digits constant text := 'abcdefghijklmnopqrstuvwxyz0123456789';
    encoded text := substr(label, 5);
    letters text := '';
    code bigint := 128;
    bias integer := 72;
    place bigint := 0;
    place_before bigint;
    weight bigint;
    threshold integer;
    step integer;
    digit integer;
    delta bigint;
BEGIN
    IF label !~ '^xn--[a-z0-9-]{1,59}$' OR right(label, 1) = '-' THEN
        RETURN NULL;
    END IF;
    IF strpos(encoded, '-') > 0 THEN
        letters := left(encoded, -strpos(reverse(encoded), '-'));
        encoded := right(encoded, strpos(reverse(encoded), '-') - 1);
    END IF;
    WHILE encoded <> '' LOOP
        place_before := place;
        weight := 1;
        step := 36;
        LOOP
            digit := strpos(digits, left(encoded, 1)) - 1;
            IF encoded = '' OR digit < 0 THEN
                RETURN NULL;
            END IF;
            encoded := substr(encoded, 2);
            place := place + digit * weight;
            threshold := least(greatest(step - bias, 1), 26);
            EXIT WHEN digit < threshold;
            weight := weight * (36 - threshold);
            step := step + 36;
            IF place > 2147483647 OR weight > 2147483647 THEN
                RETURN NULL;
            END IF;
        END LOOP;
        delta := (place - place_before) / CASE place_before WHEN 0 THEN 700 ELSE 2 END;
        delta := delta + delta / (length(letters) + 1);
        bias := 0;
        WHILE delta > 455 LOOP
            delta := delta / 35;
            bias := bias + 36;
        END LOOP;
        bias := bias + 36 * delta / (delta + 38);
        code := code + place / (length(letters) + 1);
        place := place % (length(letters) + 1);
        IF code < 160 OR code BETWEEN 55296 AND 57343 OR code > 1114111 THEN
            RETURN NULL;
        END IF;
        letters := left(letters, place::integer) || chr(code::integer) || substr(letters, place::integer + 1);
        place := place + 1;
    END LOOP;
    RETURN letters;
END
$$;
