-- What a vendor's own rules say of a write, in the present that the caller holds: a JSON object with
--     outcome     why it is refused: missing, taken, unknown_reference, limit_reached, parent_not_found; then field and
--                 detail say more
--     attributes  what is written, with what the rules add to it
--     found       the id of the object that is there already, or that the further events make or change, instead of one
--                 to create or change
--     before, after   further events, of the form that hooklog.record_objects() takes
-- verb: create, update or delete; own_id, present, since: the object's id, its document and when that last changed, NULL
-- before it is created; usual: what a new object has of itself.
CREATE OR REPLACE FUNCTION hooklog.judge_write(
    workspace bigint,
    live boolean,
    system text,
    entity_type text,
    verb text,
    own_id text,
    present jsonb,
    since timestamptz,
    usual jsonb,
    attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
    kind constant text := system || '/' || entity_type;
BEGIN
    IF kind = 'stuut/internal_contact_assignment' AND verb = 'create' THEN
        RETURN hooklog.judge_stuut_assignment(workspace, live, usual, attributes);
    ELSIF kind = 'stuut/internal_contact' THEN
        RETURN hooklog.judge_stuut_internal_contact(workspace, live, verb, present, attributes);
    ELSIF verb = 'delete' THEN
        RETURN '{}';
    ELSIF kind = 'pivotal/contact' THEN
        RETURN hooklog.judge_pivotal_contact(workspace, live, own_id, present, since, attributes);
    ELSIF kind = 'pivotal/customer' THEN
        RETURN hooklog.judge_pivotal_customer(workspace, live, own_id, present, since, attributes);
    ELSIF kind = 'pivotal/onboarding' THEN
        RETURN hooklog.judge_pivotal_onboarding(workspace, live, own_id, present, since, attributes);
    ELSIF kind = 'ruddr/contact' THEN
        RETURN hooklog.judge_ruddr_contact(workspace, live, present, attributes);
    ELSIF kind = 'ruddr/client' THEN
        RETURN hooklog.judge_ruddr_client(workspace, live, present, attributes);
    ELSIF kind = 'piriod/contact' THEN
        RETURN hooklog.judge_piriod_contact(workspace, live, present, attributes);
    ELSIF kind = 'piriod/orgunit' THEN
        RETURN hooklog.judge_piriod_orgunit(workspace, live, present, attributes);
    ELSIF kind = 'piriod/customer' THEN
        RETURN hooklog.judge_piriod_customer(live, present, attributes);
    ELSIF kind = 'ruddr/company' THEN
        attributes := hooklog.known_references(
            present, attributes,
            '{companySpendTier,companyType,industry,owner,practice,sicCode,timeZone}');
    END IF;
    RETURN jsonb_build_object('attributes', attributes);
END
$$;
