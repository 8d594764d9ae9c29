-- Whether what was merged of an entity's documents has outgrown its room for certain, so that more of it would change
-- nothing: beside its name and value a member takes no more than a dozen bytes.
CREATE OR REPLACE FUNCTION hooklog.is_merged_enough(merged jsonb) RETURNS boolean
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT pg_column_size(merged) > hooklog.document_room() + 512 * 16
$$;
