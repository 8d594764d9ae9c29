-- Attributes with what a document tells already of the objects that they refer to: who writes the id of one of them, or a
-- list of ids, knows no more than that.
--
-- members: those of the attributes that are references or lists of them.
CREATE OR REPLACE FUNCTION hooklog.known_references(present jsonb, attributes jsonb, members text[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE
SET search_path = pg_catalog, pg_temp
AS $$
    SELECT attributes || coalesce(jsonb_object_agg(m.name, m.known), '{}')
    FROM (
        SELECT
            n.name,
            CASE
                WHEN jsonb_typeof(attributes -> n.name) = 'array' AND jsonb_typeof(present -> n.name) = 'array' THEN (
                    SELECT coalesce(jsonb_agg(coalesce(p.element, a.element) ORDER BY a.ordinal), '[]')
                    FROM jsonb_array_elements(attributes -> n.name) WITH ORDINALITY AS a (element, ordinal)
                    LEFT JOIN LATERAL (
                        SELECT o.element
                        FROM jsonb_array_elements(present -> n.name) AS o (element)
                        WHERE hooklog.document_id(o.element, 'id') = hooklog.document_id(a.element, 'id')
                        LIMIT 1
                    ) AS p ON true
                )
                WHEN hooklog.reference_id(attributes, n.name) = hooklog.reference_id(present, n.name)
                    THEN present -> n.name
            END AS known
        FROM unnest(members) AS n (name)
    ) AS m
    WHERE m.known IS NOT NULL
$$;
