-- The step of the aggregate hooklog.merge(): adds a newer document to what was merged so far, unless that is enough.
--
-- What was merged is in two parts as soon as it is large: small documents are gathered in the second part before they
-- are added to the first, since merging takes a large document apart, down to the last value in it. So the cost of
-- folding an event has a bound, however many come before it and however large they are.
CREATE OR REPLACE FUNCTION hooklog.merge_documents(merged jsonb[], document jsonb) RETURNS jsonb[]
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF document IS NULL OR hooklog.is_merged_enough(merged[1]) THEN
        RETURN merged;
    ELSIF merged IS NULL THEN
        RETURN ARRAY[document];
    ELSIF cardinality(merged) = 1 THEN
        RETURN CASE
            WHEN pg_column_size(merged[1]) < 4096 THEN ARRAY[merged[1] || document]
            ELSE merged || document
        END;
    END IF;
    RETURN CASE
        WHEN pg_column_size(merged[2]) < 4096 THEN ARRAY[merged[1], merged[2] || document]
        ELSE ARRAY[merged[1] || merged[2], document]
    END;
END
$$;
