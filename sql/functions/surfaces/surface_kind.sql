-- How a kind of objects of a vendor's is kept: its table in the directory, the form of its ids (uuid, integer, or what stands
-- before 24 letters and digits), and the names under which its documents hold when the object was made and last changed
-- (NULL: they do not). is_touched: whether an object that was never changed has the latter too. forgives: whether who
-- deletes what is deleted is answered as before. A vendor's kinds are hooklog.kinds_VENDOR(); no row for any other.
-- for: vendors = @connectors/*/kinds_*
CREATE OR REPLACE FUNCTION hooklog.surface_kind(
    system text,
    entity_type text,
    OUT read_model text,
    OUT id_form text,
    OUT created_key text,
    OUT updated_key text,
    OUT is_touched boolean,
    OUT forgives boolean
)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT k.read_model, k.id_form, k.created_key, k.updated_key, k.is_touched, k.forgives
    FROM (
        SELECT NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::text, NULL::boolean, NULL::boolean
        WHERE false
<vendors:        UNION ALL
        SELECT '*', v.entity_type, v.read_model, v.id_form, v.created_key, v.updated_key, v.is_touched, v.forgives
        FROM hooklog.kinds_*() AS v
>    ) AS k (system, entity_type, read_model, id_form, created_key, updated_key, is_touched, forgives)
    WHERE k.system = $1
        AND k.entity_type = $2
$$;
