-- What of an entity's late documents counts, for generations that the release before made: their functions call it until
-- their successors take over. See place_members.
CREATE OR REPLACE FUNCTION hooklog.unseen_members(
    known jsonb, documents jsonb[], times timestamptz[], sequences bigint[], positions bigint[], workspace bigint,
    livemode boolean, system text, entity_type text, entity_id text, horizon bigint, until timestamptz, refused bigint[],
    projection text, generation bigint
) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT p.members
    FROM hooklog.place_members(
        known, NULL, documents, times, sequences, positions, NULL, NULL, NULL, workspace, livemode, system, entity_type,
        entity_id, horizon, until, refused, projection, generation) AS p
$$;
