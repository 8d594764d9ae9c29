-- The body of an event as Hooklog prints it, spelt as it is printed.
CREATE OR REPLACE FUNCTION hooklog.exported_body(line bytea) RETURNS bytea
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT convert_to((convert_from(line, 'UTF8')::json -> 'payload')::text, 'UTF8')
$$;
