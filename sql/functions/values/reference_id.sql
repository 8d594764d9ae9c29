-- The identifier of the object that a member of a document refers to: the member itself, or the id of the object that it
-- is; NULL when it is neither.
CREATE OR REPLACE FUNCTION hooklog.reference_id(document jsonb, key text) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT coalesce(hooklog.document_id(document, key), hooklog.document_id(document -> key, 'id'))
$$;
