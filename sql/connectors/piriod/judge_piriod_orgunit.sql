-- Piriod's rules for org units; see hooklog.judge_write(). The customer must exist, and has at most twelve.
CREATE OR REPLACE FUNCTION hooklog.judge_piriod_orgunit(
    workspace bigint, live boolean, own_id text, present jsonb, since timestamptz, usual jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_variable
DECLARE
    customer constant text := hooklog.document_id(attributes, 'customer');
    others bigint;
BEGIN
    IF customer IS NULL OR customer = hooklog.reference_id(present, 'customer') THEN
        RETURN jsonb_build_object(
            'attributes', hooklog.known_references(present, attributes, '{customer}'));
    ELSIF NOT hooklog.has_object(workspace, live, 'piriod', 'customer', customer) THEN
        RETURN jsonb_build_object('outcome', 'unknown_reference', 'field', 'customer', 'detail', customer);
    END IF;
    SELECT count(*) INTO others
    FROM (
        SELECT
        FROM hooklog.org_unit AS t
        WHERE t.workspace_id = workspace
            AND t.livemode = live
            AND t.system = 'piriod'
            AND t.customer_id BETWEEN customer AND customer
            AND t.deleted_at IS NULL
        ORDER BY t.customer_id, t.created_at, t.first_position
        LIMIT 12
    ) AS u;
    IF others = 12 THEN
        RETURN '{"outcome": "limit_reached", "detail": "organisation units"}';
    END IF;
    RETURN jsonb_build_object('attributes', attributes);
END
$$;
