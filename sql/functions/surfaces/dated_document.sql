-- A document with the id and the times that it lacks: those of its row, under the names that its kind has for them.
CREATE OR REPLACE FUNCTION hooklog.dated_document(
    document jsonb, entity_id text, created_at timestamptz, updated_at timestamptz, kind hooklog.object_kind
) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object('id', entity_id)
        || CASE
            WHEN kind.created_key IS NULL THEN '{}'
            ELSE jsonb_build_object(kind.created_key, hooklog.render_time(created_at))
        END
        || CASE
            WHEN kind.updated_key IS NULL THEN '{}'
            WHEN kind.is_touched OR updated_at > created_at
                THEN jsonb_build_object(kind.updated_key, hooklog.render_time(updated_at))
            ELSE jsonb_build_object(kind.updated_key, NULL)
        END
        || document
$$;
