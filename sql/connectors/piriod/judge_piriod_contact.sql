-- Piriod's rules for contacts; see hooklog.judge_write(). The customer must exist, and the org unit be the customer's; a
-- customer has at most seven contacts in each org unit, and seven in none.
CREATE OR REPLACE FUNCTION hooklog.judge_piriod_contact(
    workspace bigint, live boolean, own_id text, present jsonb, since timestamptz, usual jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
SET enable_sort = off
AS $$
#variable_conflict use_variable
DECLARE
    becoming constant jsonb := coalesce(present, '{}') || attributes;
    customer constant text := hooklog.reference_id(becoming, 'customer');
    unit constant text := hooklog.reference_id(becoming, 'orgunit');
    others bigint;
BEGIN
    IF '' IN (attributes ->> 'customer', attributes ->> 'orgunit') THEN
        RETURN jsonb_build_object(
            'outcome', 'unknown_reference',
            'field', CASE attributes ->> 'customer' WHEN '' THEN 'customer' ELSE 'orgunit' END,
            'detail', '');
    END IF;
    attributes := hooklog.known_references(present, attributes, '{customer,orgunit}');
    IF (customer, unit) IS NOT DISTINCT FROM
        (hooklog.reference_id(present, 'customer'), hooklog.reference_id(present, 'orgunit')) THEN
        RETURN jsonb_build_object('attributes', attributes);
    ELSIF customer IS NOT NULL AND NOT hooklog.has_object(workspace, live, 'piriod', 'customer', customer) THEN
        RETURN jsonb_build_object('outcome', 'unknown_reference', 'field', 'customer', 'detail', customer);
    ELSIF unit IS NOT NULL AND NOT EXISTS (
        SELECT
        FROM hooklog.find_object(workspace, live, 'piriod', 'orgunit', unit) AS f
        WHERE f.deleted_at IS NULL
            AND hooklog.reference_id(f.document, 'customer') = customer
    ) THEN
        RETURN jsonb_build_object('outcome', 'unknown_reference', 'field', 'orgunit', 'detail', unit);
    END IF;
    SELECT count(*) INTO others
    FROM (
        SELECT
        FROM hooklog.contact AS t
        WHERE t.workspace_id = workspace
            AND t.livemode = live
            AND t.system = 'piriod'
            AND t.customer_id BETWEEN customer AND customer
            AND t.org_unit_id IS NOT DISTINCT FROM unit
            AND t.entity_id IS DISTINCT FROM hooklog.document_id(present, 'id')
            AND t.deleted_at IS NULL
        ORDER BY t.customer_id, t.created_at, t.first_position
        LIMIT 7
    ) AS c;
    IF others = 7 THEN
        RETURN '{"outcome": "limit_reached", "detail": "contacts"}';
    END IF;
    RETURN jsonb_build_object('attributes', attributes);
END
$$;
