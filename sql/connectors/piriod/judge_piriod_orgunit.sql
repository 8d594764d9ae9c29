-- Piriod's rules for org units; see hooklog.judge_write(). The customer must exist, and has at most twelve.
CREATE OR REPLACE FUNCTION hooklog.judge_piriod_orgunit(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    customer constant text := hooklog.document_id(write.attributes, 'customer');
BEGIN
    IF customer IS NOT NULL AND customer IS DISTINCT FROM hooklog.reference_id(write.present, 'customer') THEN
        IF NOT hooklog.has_object(write.workspace, write.live, 'piriod', 'customer', customer) THEN
            RETURN jsonb_build_object('outcome', 'unknown_reference', 'field', 'customer', 'detail', customer);
        ELSIF EXISTS (SELECT FROM hooklog.org_units_of(write.workspace, write.live, 'piriod', customer) OFFSET 11) THEN
            RETURN '{"outcome": "limit_reached", "detail": "organisation units"}';
        END IF;
    END IF;
    RETURN jsonb_build_object('attributes', hooklog.known_references(write, '{customer}'));
END
$$;
