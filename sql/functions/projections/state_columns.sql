-- The columns at the end of a read model's table in which the engine keeps what state a row is in:
--
--     outgrown          its members have outgrown the room of a document (see outgrows), so it is what its newest event says
--     refused_sqlstate  the projection's own SELECT, or the table, refused what it is now: its own columns are NULL
--
-- and those of hidden_columns.
CREATE OR REPLACE FUNCTION hooklog.state_columns() RETURNS name[]
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '{outgrown,refused_sqlstate}'::name[] || hooklog.hidden_columns()
$$;
