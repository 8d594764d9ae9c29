-- The step of the aggregate hooklog.merge(): adds a newer document to what was merged so far, unless that is enough. So
-- the cost of folding an event has a bound, however many come before it.
CREATE OR REPLACE FUNCTION hooklog.merge_documents(merged jsonb, document jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN hooklog.is_merged_enough(merged) THEN merged ELSE merged || document END;
END
$$;
