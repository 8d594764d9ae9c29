-- Whether an event of this type says that its entity is gone.
CREATE OR REPLACE FUNCTION hooklog.deletes(type text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT right(type, 8) = '.deleted'
$$;
