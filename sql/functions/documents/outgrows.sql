-- Whether the members of a document have outgrown its room. A member takes what its name and the largest value that it ever
-- had take, and 512 bytes at least; so there are 512 members at most.
--
-- $1 document  jsonb  in memory, not as it is stored: of a stored one only the packed size would be seen
-- $2 sizes     jsonb  what hooklog.note_sizes() says of all the events that the document is the fold of
--
-- What counts are the names in a set of events, and for each its largest value: whatever the order in which they are
-- folded, the answer is the same, and once it is true, more events cannot make it false. Callers need not ask of a document
-- of less than 4 KiB that has no large member: so many members do not fit.
CREATE OR REPLACE FUNCTION hooklog.outgrows(document jsonb, sizes jsonb) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT hooklog.is_merged_enough(document)
        OR (d.members - s.members) * 512 + s.bytes > hooklog.document_room()
    FROM (SELECT count(*) AS members FROM jsonb_object_keys(document)) AS d
    CROSS JOIN (
        SELECT count(*) AS members, coalesce(sum(z.value::integer), 0) AS bytes
        FROM jsonb_each_text(coalesce(sizes, '{}')) AS z
    ) AS s
$$;
