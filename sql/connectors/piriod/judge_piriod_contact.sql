-- Piriod's rules for contacts; see hooklog.judge_write(). The customer must exist, and the org unit be the customer's; a
-- customer has at most seven contacts in each org unit, and seven in none.
CREATE OR REPLACE FUNCTION hooklog.judge_piriod_contact(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
DECLARE
    becoming constant jsonb := coalesce(write.present, '{}') || write.attributes;
    customer constant text := hooklog.reference_id(becoming, 'customer');
    unit constant text := hooklog.reference_id(becoming, 'orgunit');
BEGIN
    IF '' IN (write.attributes ->> 'customer', write.attributes ->> 'orgunit') THEN
        RETURN jsonb_build_object(
            'outcome', 'unknown_reference',
            'field', CASE write.attributes ->> 'customer' WHEN '' THEN 'customer' ELSE 'orgunit' END,
            'detail', '');
    ELSIF (customer, unit) IS DISTINCT FROM
        (hooklog.reference_id(write.present, 'customer'), hooklog.reference_id(write.present, 'orgunit')) THEN
        IF customer IS NOT NULL AND NOT hooklog.has_object(write.workspace, write.live, 'piriod', 'customer', customer) THEN
            RETURN jsonb_build_object('outcome', 'unknown_reference', 'field', 'customer', 'detail', customer);
        ELSIF unit IS NOT NULL AND NOT EXISTS (
            SELECT
            FROM hooklog.find_object(write.workspace, write.live, 'piriod', 'orgunit', unit) AS f
            WHERE f.deleted_at IS NULL
                AND hooklog.reference_id(f.document, 'customer') = customer
        ) THEN
            RETURN jsonb_build_object('outcome', 'unknown_reference', 'field', 'orgunit', 'detail', unit);
        ELSIF EXISTS (
            SELECT
            FROM hooklog.contacts_of(write.workspace, write.live, 'piriod', customer) AS t
            WHERE t.org_unit_id IS NOT DISTINCT FROM unit
                AND t.entity_id IS DISTINCT FROM write.own_id
            OFFSET 6
        ) THEN
            RETURN '{"outcome": "limit_reached", "detail": "contacts"}';
        END IF;
    END IF;
    RETURN jsonb_build_object('attributes', hooklog.known_references(write, '{customer,orgunit}'));
END
$$;
