-- An object of a vendor's surface by its id, also one that is deleted; no row when there is none. The document has what
-- it lacks of the id and the times (see hooklog.surface_kind()).
--
-- Plans are made against empty tables, where every index costs the same. What is sought is therefore written as a range
-- ordered by the index's own last column, and sorting is off: no other index gives that order. Every table has a statement of
-- its own, so that its plan is kept: a list asks this for each row. Relies on the primary key of the kind's table.
-- for: tables = company contact contact_tag customer internal_contact internal_contact_assignment onboarding org_unit
CREATE OR REPLACE FUNCTION hooklog.find_object(
    workspace bigint, live boolean, system text, entity_type text, wanted_id text
) RETURNS TABLE (
    entity_id text, document jsonb, created_at timestamptz, updated_at timestamptz, deleted_at timestamptz,
    first_position bigint
)
LANGUAGE plpgsql STABLE ROWS 1
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    kind hooklog.object_kind;
BEGIN
    SELECT k.* INTO STRICT kind FROM hooklog.surface_kind(system, entity_type) AS k;
    CASE kind.read_model
<tables:        WHEN '*' THEN
            SELECT t.entity_id, t.document, t.created_at, t.updated_at, t.deleted_at, t.first_position
            INTO entity_id, document, created_at, updated_at, deleted_at, first_position
            FROM hooklog.* AS t
            WHERE t.workspace_id = workspace
                AND t.livemode = live
                AND t.system = find_object.system
                AND t.entity_type = find_object.entity_type
                AND t.entity_id BETWEEN wanted_id AND wanted_id
            ORDER BY t.entity_id
            LIMIT 1;
>    END CASE;
    IF entity_id IS NOT NULL THEN
        document := hooklog.dated_document(document, entity_id, created_at, updated_at, kind);
        RETURN NEXT;
    END IF;
END
$$;
