-- Adds to the sizes of large members what those of one more event have: {"name": bytes}, NULL while none is large. Large
-- are members of more than 512 bytes, name and value together; the largest size that each ever had is kept.
-- When they have outgrown a document's room, their sum under one of the names says as much and is shorter.
CREATE OR REPLACE FUNCTION hooklog.note_sizes(sizes jsonb, document jsonb) RETURNS jsonb
LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
DECLARE
    larger jsonb;
BEGIN
    IF pg_column_size(sizes) > 32768 THEN
        SELECT CASE WHEN z.bytes > hooklog.document_room() THEN jsonb_build_object(z.name, z.bytes) ELSE sizes END
        INTO sizes
        FROM (SELECT min(s.key) AS name, sum(s.value::integer) AS bytes FROM jsonb_each_text(sizes) AS s) AS z;
    END IF;
    SELECT jsonb_object_agg(m.key, m.size) INTO larger
    FROM (
        SELECT d.key, octet_length(d.key) + pg_column_size(d.value) AS size
        FROM jsonb_each(document) AS d
        OFFSET 0
    ) AS m
    WHERE m.size > 512
        AND m.size > coalesce((sizes ->> m.key)::integer, 0);
    RETURN coalesce(sizes || larger, larger, sizes);
END
$$;
