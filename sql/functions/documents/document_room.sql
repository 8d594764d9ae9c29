-- The room in bytes for the members of a document; see hooklog.outgrows().
CREATE OR REPLACE FUNCTION hooklog.document_room() RETURNS integer
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 262144
$$;
