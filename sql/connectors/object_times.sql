-- What a vendor's object says of its own age: when it was made, when it last changed (NULL: never, or it does not say), and
-- whether it would say (some kinds have no such member), under the names that the vendor's kinds have for them. A time that
-- cannot be read counts as none.
CREATE OR REPLACE FUNCTION hooklog.object_times(connector text, object jsonb)
RETURNS TABLE (made_at timestamptz, changed_at timestamptz, tells_changes boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        hooklog.parse_time(hooklog.text(object, m.made)),
        hooklog.parse_time(hooklog.text(object, m.changed)),
        object ? m.changed
    FROM (
        SELECT coalesce(max(k.created_key), 'created_at') AS made, coalesce(max(k.updated_key), 'updated_at') AS changed
        FROM hooklog.object_kinds(connector) AS k
        OFFSET 0
    ) AS m
$$;
