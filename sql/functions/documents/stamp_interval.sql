-- After how many bytes of an entity's events it is noted anew where its members were carried last; see place_members. A late
-- event reads twice as much of the entity's history at the most, and a page.
CREATE OR REPLACE FUNCTION hooklog.stamp_interval() RETURNS bigint
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT 4194304::bigint
$$;
