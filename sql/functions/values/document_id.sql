-- The identifier under a key of a document: a string, or a number in its one spelling; NULL for
-- anything else.
CREATE OR REPLACE FUNCTION hooklog.document_id(document jsonb, key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT hooklog.short_id(hooklog.scalar(document, key))
$$;
