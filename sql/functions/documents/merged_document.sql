-- What hooklog.merge_documents() has merged, in one.
CREATE OR REPLACE FUNCTION hooklog.merged_document(merged jsonb[]) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT merged[1] || coalesce(merged[2], '{}')
$$;
