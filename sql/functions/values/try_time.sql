-- The slow path of hooklog.parse_time: a value of the right shape that may not exist, such as 30 February.
CREATE OR REPLACE FUNCTION hooklog.try_time(value text) RETURNS timestamptz
LANGUAGE plpgsql STABLE STRICT PARALLEL SAFE AS $$
BEGIN
    RETURN value::timestamptz;
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END
$$;
