-- What documents and events are measured by, in bytes:
--
--     document_room    the room for the members of a document; see hooklog.outgrows()
--     event_limit      the size up to which an event is folded; a larger one stays in the log and is a dead letter
--     event_overhead   what reading an event again costs whatever its size, in bytes that cost as much
--     stamp_interval   after how many bytes of an entity's events it is noted anew where its members were carried last, see
--                      place_members; a late event reads twice as much of the entity's history at the most, and a page
-- for: limit = document_room; bytes = 262144; type = integer
-- for: limit = event_limit; bytes = 524288; type = integer
-- for: limit = event_overhead; bytes = 2048; type = bigint
-- for: limit = stamp_interval; bytes = 4194304; type = bigint
CREATE OR REPLACE FUNCTION hooklog.<limit>() RETURNS <type>
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT <bytes>::<type>
$$;
