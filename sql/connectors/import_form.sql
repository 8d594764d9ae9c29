-- What a line of an import is: exported (an event as Hooklog prints it), event (one as the sender sends it), object, or
-- thin: an event of Piriod's that holds no object, so that there is nothing in it to import.
-- An object of a vendor has no member data with an object in it beside a type; an event has.
CREATE OR REPLACE FUNCTION hooklog.import_form(connector text, line jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN line ?& ARRAY['position', 'system', 'source_id', 'body_sha256', 'payload'] THEN 'exported'
        WHEN hooklog.entity_types(connector) IS NULL THEN 'event'
        WHEN connector = 'piriod' THEN CASE
            WHEN hooklog.text(line, 'event') IS NULL OR NOT line ? 'object_id' THEN 'object'
            WHEN jsonb_typeof(line -> 'data') = 'object' THEN 'event'
            ELSE 'thin'
        END
        WHEN hooklog.text(line, 'type') IS NOT NULL AND jsonb_typeof(line -> 'data') = 'object' THEN 'event'
        ELSE 'object'
    END
$$;
