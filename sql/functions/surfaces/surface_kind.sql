-- How a kind of objects of a vendor's is kept: its table in the directory, the form of its ids (uuid, integer, or what stands
-- before 24 letters and digits), and the names under which its documents hold when the object was made and last changed
-- (NULL: they do not). is_touched: whether an object that was never changed has the latter too. forgives: whether who
-- deletes what is deleted is answered as before. No row for a kind that the vendor does not have.
CREATE OR REPLACE FUNCTION hooklog.surface_kind(system text, entity_type text) RETURNS SETOF hooklog.object_kind
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT k.*
    FROM hooklog.object_kinds($1) AS k
    WHERE k.entity_type = $2
$$;
