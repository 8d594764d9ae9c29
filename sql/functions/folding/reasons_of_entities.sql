-- The reasons of dead letters that tell of an entity and not of the event at whose fold it was seen: that one was accepted.
CREATE OR REPLACE FUNCTION hooklog.reasons_of_entities() RETURNS text[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{outgrown,refused_as_a_whole}'::text[]
$$;
