-- How a kind of objects that a vendor's surface shows is kept: its table in the directory, the form of its ids (uuid,
-- integer, or what stands before 24 letters and digits), and the names under which its documents hold when the object was
-- made and last changed (NULL: they do not). is_touched: whether an object that was never changed has the latter too.
-- forgives: whether who deletes what is deleted is answered as before. No row for a kind that no surface shows.
CREATE OR REPLACE FUNCTION hooklog.surface_kind(
    system text,
    entity_type text,
    OUT read_model text,
    OUT id_form text,
    OUT created_key text,
    OUT updated_key text,
    OUT is_touched boolean,
    OUT forgives boolean
)
RETURNS SETOF record
LANGUAGE sql IMMUTABLE PARALLEL SAFE ROWS 1 AS $$
    SELECT k.read_model, k.id_form, k.created_key, k.updated_key, k.is_touched, k.forgives
    FROM (
        VALUES
            ('pivotal', 'customer', 'customer', 'c', NULL, NULL, false, true),
            ('pivotal', 'contact', 'contact', 'c', NULL, NULL, false, true),
            ('pivotal', 'onboarding', 'onboarding', 'c', NULL, NULL, false, true),
            ('ruddr', 'contact', 'contact', 'uuid', 'createdAt', NULL, false, false),
            ('ruddr', 'client', 'customer', 'uuid', 'createdAt', NULL, false, false),
            ('ruddr', 'company', 'company', 'uuid', 'createdAt', 'modifiedAt', true, false),
            ('ruddr', 'contact_tag', 'contact_tag', 'uuid', 'createdAt', NULL, false, false),
            ('stuut', 'partner', 'customer', 'ptn_', 'created_at', 'modified_at', false, false),
            ('stuut', 'partner_contact', 'contact', 'con_', 'created_at', 'modified_at', false, false),
            ('stuut', 'internal_contact', 'internal_contact', 'int_', 'created_at', 'modified_at', false, false),
            ('stuut', 'internal_contact_assignment', 'internal_contact_assignment', 'ica_', 'created_at', 'modified_at',
                false, false),
            ('piriod', 'customer', 'customer', 'cus_', 'created', 'updated', true, false),
            ('piriod', 'contact', 'contact', 'con_', 'created', 'updated', true, false),
            ('piriod', 'orgunit', 'org_unit', 'integer', 'created', 'updated', true, false)
    ) AS k (system, entity_type, read_model, id_form, created_key, updated_key, is_touched, forgives)
    WHERE k.system = $1
        AND k.entity_type = $2
$$;
