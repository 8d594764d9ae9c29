-- The time under a member of a row t's document as it is shown, as SQL for a statement that is made at run time.
--
-- row_times: what stands in for a member that a document lacks, as SQL, under the member's name.
CREATE OR REPLACE FUNCTION hooklog.time_text(member text, row_times jsonb) RETURNS text
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT format(
        'CASE WHEN t.document ? %1$L THEN hooklog.parse_time(t.document ->> %1$L) ELSE %2$s END',
        member,
        coalesce(row_times ->> member, 'NULL::timestamptz'))
$$;
