-- The columns at the end of a read model's table in which the engine keeps what state a row is in:
--
--     outgrown          its members have outgrown the room of a document (see outgrows), so it is what its newest event says
--     refused_sqlstate  the projection's own SELECT, or the table, refused what it is now: its own columns are NULL
--     member_sizes      the sizes of its large members (see note_sizes)
--     first_sequence, last_sequence   those of its first and its last event
CREATE OR REPLACE FUNCTION hooklog.state_columns() RETURNS name[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{outgrown,refused_sqlstate,member_sizes,first_sequence,last_sequence}'::name[]
$$;
