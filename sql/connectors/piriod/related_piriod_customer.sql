-- The contacts of a customer of Piriod's, and whether it is test data; see hooklog.related_objects().
CREATE OR REPLACE FUNCTION hooklog.related_piriod_customer(
    workspace bigint, live boolean, document jsonb, expanded text
) RETURNS jsonb
LANGUAGE sql STABLE AS $$
    SELECT jsonb_build_object('contacts', hooklog.customer_contacts(workspace, live, document), 'test_mode', NOT live)
$$;
