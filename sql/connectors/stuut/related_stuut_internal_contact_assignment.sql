-- The person of an assignment of Stuut's as it is now; see hooklog.render_object().
CREATE OR REPLACE FUNCTION hooklog.related_stuut_internal_contact_assignment(
    workspace bigint, live boolean, document jsonb, expanded text
) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('internal_contact', f.document)
    FROM hooklog.find_object(
        workspace, live, 'stuut', 'internal_contact', hooklog.document_id(document -> 'internal_contact', 'id')) AS f
$$;
