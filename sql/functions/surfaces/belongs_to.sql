-- Whether a document names an object as the one it hangs on; anything does when there is none to name. A partner stands
-- under partner_id.
CREATE OR REPLACE FUNCTION hooklog.belongs_to(document jsonb, parent_type text, parent_id text) RETURNS boolean
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT parent_type IS NULL OR coalesce(hooklog.document_id(document, parent_type || '_id') = parent_id, false)
$$;
