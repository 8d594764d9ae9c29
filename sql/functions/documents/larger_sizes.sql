-- The sizes of large members in two sets of events taken together: for each member the larger of its two.
CREATE OR REPLACE FUNCTION hooklog.larger_sizes(one jsonb, other jsonb) RETURNS jsonb
LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE AS $$
BEGIN
    IF one IS NULL OR other IS NULL OR one = other THEN
        RETURN coalesce(one, other);
    END IF;
    RETURN one || coalesce(
        (
            SELECT jsonb_object_agg(o.key, o.value)
            FROM jsonb_each(other) AS o
            WHERE o.value > coalesce(one -> o.key, '0')
        ), '{}');
END
$$;
