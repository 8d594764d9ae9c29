-- What an event's type is about: what stands before its last dot, or all of it when there is none.
CREATE OR REPLACE FUNCTION hooklog.subject(type text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT left(type, length(type) - strpos(reverse(type), '.'))
$$;
