-- What a vendor's object says of its own age: when it was made, when it last changed (NULL: never, or it does not say), and
-- whether it would say (Ruddr's contacts have no such member). A time that cannot be read counts as none.
CREATE OR REPLACE FUNCTION hooklog.object_times(connector text, object jsonb)
RETURNS TABLE (made_at timestamptz, changed_at timestamptz, tells_changes boolean)
LANGUAGE sql STABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT
        hooklog.parse_time(hooklog.text(object, m.made)),
        hooklog.parse_time(hooklog.text(object, m.changed)),
        object ? m.changed
    FROM (
        SELECT
            CASE connector WHEN 'piriod' THEN 'created' WHEN 'ruddr' THEN 'createdAt' ELSE 'created_at' END AS made,
            CASE connector
                WHEN 'piriod' THEN 'updated'
                WHEN 'ruddr' THEN 'modifiedAt'
                WHEN 'stuut' THEN 'modified_at'
                ELSE 'updated_at'
            END AS changed
        OFFSET 0
    ) AS m
$$;
