-- The whole number under a key of a document; NULL when it is absent, not whole, or beyond 64 bits. Never fails.
CREATE OR REPLACE FUNCTION hooklog.integer(document jsonb, key text) RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN jsonb_typeof(document -> key) <> 'number' THEN NULL
        WHEN (document ->> key)::numeric NOT BETWEEN -9223372036854775808 AND 9223372036854775807 THEN NULL
        WHEN trunc((document ->> key)::numeric) = (document ->> key)::numeric THEN (document ->> key)::numeric::bigint
    END
$$;
