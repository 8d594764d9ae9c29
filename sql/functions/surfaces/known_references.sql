-- The attributes of a write with what the object tells already of those that they refer to: who writes the id of one of
-- them, or a list of ids, knows no more than that.
--
-- members: those of the attributes that are references or lists of them.
CREATE OR REPLACE FUNCTION hooklog.known_references(write hooklog.object_write, members text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT write.attributes || coalesce(jsonb_object_agg(m.name, m.known), '{}')
    FROM (
        SELECT
            n.name,
            CASE
                WHEN jsonb_typeof(write.attributes -> n.name) = 'array'
                    AND jsonb_typeof(write.present -> n.name) = 'array' THEN (
                    SELECT coalesce(jsonb_agg(coalesce(p.element, a.element) ORDER BY a.ordinal), '[]')
                    FROM jsonb_array_elements(write.attributes -> n.name) WITH ORDINALITY AS a (element, ordinal)
                    LEFT JOIN LATERAL (
                        SELECT o.element
                        FROM jsonb_array_elements(write.present -> n.name) AS o (element)
                        WHERE hooklog.document_id(o.element, 'id') = hooklog.document_id(a.element, 'id')
                        LIMIT 1
                    ) AS p ON true
                )
                WHEN hooklog.reference_id(write.attributes, n.name) = hooklog.reference_id(write.present, n.name)
                    THEN write.present -> n.name
            END AS known
        FROM unnest(members) AS n (name)
    ) AS m
    WHERE m.known IS NOT NULL
$$;
