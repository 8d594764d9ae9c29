-- An event of Pivotal's as hooklog.record_objects() takes it.
--
-- document: the whole object after it; previous: what the attributes that it changed were, or NULL; since: when the object
-- last changed, or NULL; at: when it is decided, the same for all events of one command
CREATE OR REPLACE FUNCTION hooklog.told_event(
    type text, document jsonb, previous jsonb, since timestamptz, at timestamptz
) RETURNS jsonb
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object('type', type, 'document', document, 'previous', previous, 'since', since, 'at', at)
$$;
