-- A kind of objects of a vendor's; see hooklog.surface_kind().
CREATE TYPE hooklog.object_kind AS (
    entity_type text,
    read_model  text,
    id_form     text,
    created_key text,
    updated_key text,
    is_touched  boolean,
    forgives    boolean
);

-- A write to an object of a vendor's; see hooklog.judge_write().
CREATE TYPE hooklog.object_write AS (
    workspace   bigint,
    live        boolean,
    system      text,
    entity_type text,
    verb        text,
    own_id      text,
    present     jsonb,
    since       timestamptz,
    usual       jsonb,
    attributes  jsonb
);
