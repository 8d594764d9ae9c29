-- The org unit of a contact of Piriod's, when it is to be shown whole; see hooklog.render_object().
CREATE OR REPLACE FUNCTION hooklog.related_piriod_contact(
    workspace bigint, live boolean, document jsonb, expanded text
) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('orgunit', f.document)
    FROM hooklog.find_object(workspace, live, 'piriod', 'orgunit', hooklog.reference_id(document, 'orgunit')) AS f
    WHERE expanded = 'orgunit'
        AND f.deleted_at IS NULL
$$;
