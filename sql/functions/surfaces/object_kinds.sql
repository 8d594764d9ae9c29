-- The kinds of objects that a system has and the directory reads, hooklog.kinds_VENDOR(); none for a sender whose events are
-- only logged.
-- for: vendors = @connectors/*/kinds_*
CREATE OR REPLACE FUNCTION hooklog.object_kinds(system text) RETURNS SETOF hooklog.object_kind
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 4 AS $$
    SELECT (NULL::hooklog.object_kind).*
    WHERE false
<vendors:    UNION ALL
    SELECT k.entity_type, k.read_model, k.id_form, k.created_key, k.updated_key, k.is_touched, k.forgives
    FROM hooklog.kinds_*() AS k
    WHERE system = '*'
>$$;
