-- Makes the tables and functions of a generation from its definition, and registers it in that state: building, or scratch.
--
-- definition: {"tables": [{"name", "kind": "entity" | "event", "reads": [{"system", "entity_type"}], "select",
-- "indexes": ["(column, …)"], "comment"}]}. Returns the new generation's number.
-- A SELECT that PostgreSQL refuses fails here with its own SQLSTATE, and nothing is made.
CREATE OR REPLACE FUNCTION hooklog.create_generation(
    projection text, version text, built_in boolean, definition jsonb, state text
) RETURNS bigint
LANGUAGE plpgsql VOLATILE AS $$
DECLARE
    made bigint := nextval('hooklog.projection_generation_seq');
    spec jsonb;
BEGIN
    INSERT INTO hooklog.projection_generation (
        projection, generation, version, built_in, definition, state, registered_at
    )
    VALUES (projection, made, version, built_in, definition, state, clock_timestamp());
    FOR spec IN SELECT jsonb_array_elements(definition -> 'tables') LOOP
        PERFORM hooklog.create_read_model(made, built_in, spec);
        PERFORM hooklog.create_table_functions(projection, made, built_in, spec);
    END LOOP;
    PERFORM hooklog.create_scan_function(made, definition);
    -- What an index refuses is refused in a build as it is live.
    IF NOT built_in THEN
        PERFORM hooklog.create_read_model_indexes(projection, made);
    END IF;
    RETURN made;
END
$$;
