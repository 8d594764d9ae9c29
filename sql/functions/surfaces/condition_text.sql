-- A condition on a row t as SQL, for a statement that is made at run time: {"paths": [[…], …], "test", "values": [text, …]}.
-- One of the values at one of the paths of the document must be (test):
--     is        the text there, or the usual one where the document has none
--     has       an element of the list there
--     contains, begins, ends   a part of the text there, its beginning or its end; in any case
--     gte, gt, lte, lt         a time before or after the one there, as it is shown
--     column    the text in the column that the path names, or the e-mail address (see hooklog.email_key())
-- A document that has nothing there meets no other condition than on what is usual. All that comes from a request is
-- quoted.
--
-- row_times: see hooklog.time_text()
CREATE OR REPLACE FUNCTION hooklog.condition_text(condition jsonb, usual jsonb, row_times jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT '(' || string_agg(
        format(
            CASE condition ->> 'test'
                WHEN 'is' THEN 'coalesce(t.document #>> %1$L, %4$L) = ANY (%2$L::text[])'
                WHEN 'has' THEN 't.document #> %1$L ?| %2$L::text[]'
                WHEN 'contains' THEN 'strpos(lower(t.document #>> %1$L), lower(%3$L)) > 0'
                WHEN 'begins' THEN 'starts_with(lower(t.document #>> %1$L), lower(%3$L))'
                WHEN 'ends' THEN 'right(lower(t.document #>> %1$L), length(%3$L)) = lower(%3$L)'
                WHEN 'gte' THEN '%5$s >= %3$L::timestamptz'
                WHEN 'gt' THEN '%5$s > %3$L::timestamptz'
                WHEN 'lte' THEN '%5$s <= %3$L::timestamptz'
                WHEN 'lt' THEN '%5$s < %3$L::timestamptz'
                WHEN 'column' THEN 't.%6$I = ANY (%2$L::text[])'
            END,
            p.path,
            ARRAY(
                SELECT
                    CASE
                        WHEN condition ->> 'test' = 'column' AND p.path[1] = 'email' THEN hooklog.email_key(v.value)
                        ELSE v.value
                    END
                FROM jsonb_array_elements_text(condition -> 'values') AS v (value)
            ),
            condition #>> '{values,0}',
            usual #>> p.path,
            hooklog.time_text(p.path[1], row_times),
            p.path[1]),
        ' OR ') || ')'
    FROM (
        SELECT ARRAY(SELECT jsonb_array_elements_text(e.path)) AS path
        FROM jsonb_array_elements(condition -> 'paths') AS e (path)
    ) AS p
$$;
