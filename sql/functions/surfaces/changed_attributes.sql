-- What attributes change of a document: the changed ones with their new values and with their present ones; both NULL
-- when there are none.
CREATE OR REPLACE FUNCTION hooklog.changed_attributes(
    document jsonb, attributes jsonb, OUT changes jsonb, OUT previous jsonb
)
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT jsonb_object_agg(a.key, a.value), jsonb_object_agg(a.key, coalesce(document -> a.key, 'null'))
    FROM jsonb_each(attributes) AS a
    WHERE a.value <> coalesce(document -> a.key, 'null')
$$;
