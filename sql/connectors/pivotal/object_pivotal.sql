-- The object that a Pivotal event carries: data.object, or data itself as one page of theirs has it.
CREATE OR REPLACE FUNCTION hooklog.object_pivotal(payload jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN jsonb_typeof(payload #> '{data,object}') = 'object' THEN payload #> '{data,object}'
        ELSE payload -> 'data'
    END
$$;
