-- The columns of a read model's table that only the engine reads, and no view shows:
--
--     member_sizes      the sizes of its large members (see note_sizes)
--     first_sequence, last_sequence   those of its first and its last event
--     folded_bytes      what its events take, each with hooklog.event_overhead() more, and twice what was folded twice
--     member_stamps     where its members were carried last, see place_members; NULL: not noted yet
CREATE OR REPLACE FUNCTION hooklog.hidden_columns() RETURNS name[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{member_sizes,first_sequence,last_sequence,folded_bytes,member_stamps}'::name[]
$$;
