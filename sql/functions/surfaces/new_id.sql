-- A new id in the form of a cuid: a c and 24 lower-case letters and digits, of 124 random bits.
CREATE OR REPLACE FUNCTION hooklog.new_id() RETURNS text
LANGUAGE sql VOLATILE AS $$
    SELECT 'c' || string_agg(
        substr('0123456789abcdefghijklmnopqrstuvwxyz', get_byte(r.bytes, n) % 36 + 1, 1), '' ORDER BY n)
    FROM (SELECT sha256(uuid_send(gen_random_uuid()) || uuid_send(gen_random_uuid())) AS bytes) AS r
    CROSS JOIN generate_series(0, 23) AS n
$$;
