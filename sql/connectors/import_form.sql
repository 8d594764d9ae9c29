-- What a line of an import is: exported (an event as Hooklog prints it), event (one as the sender sends it), object, or
-- thin: an event that holds no object, so that there is nothing in it to import. hooklog.form_VENDOR() says it where the
-- vendor's events have a form of their own.
--
-- has_objects: whether the directory reads objects of the connector's; see hooklog.entity_types().
-- An object of a vendor has no member data with an object in it beside a type; an event has.
-- for: vendors = @connectors/*/form_*
CREATE OR REPLACE FUNCTION hooklog.import_form(connector text, has_objects boolean, line jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN line ?& ARRAY['position', 'system', 'source_id', 'body_sha256', 'payload'] THEN 'exported'
        WHEN NOT has_objects THEN 'event'
<vendors:        WHEN connector = '*' THEN hooklog.form_*(line)
>        WHEN hooklog.text(line, 'type') IS NOT NULL AND jsonb_typeof(line -> 'data') = 'object' THEN 'event'
        ELSE 'object'
    END
$$;
