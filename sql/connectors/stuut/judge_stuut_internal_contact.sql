-- Stuut's rules for internal contacts; see hooklog.judge_write(). A new e-mail address must be one person's, however it is
-- written.
CREATE OR REPLACE FUNCTION hooklog.judge_stuut_internal_contact(
    workspace bigint, live boolean, own_id text, present jsonb, since timestamptz, usual jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE plpgsql STABLE
SET search_path = pg_catalog, pg_temp
AS $$
BEGIN
    IF hooklog.email_key(attributes ->> 'email') <> coalesce(hooklog.email_key(present ->> 'email'), '')
        AND hooklog.holder_of(
            workspace, live, 'stuut', 'internal_contact', 'email', hooklog.email_key(attributes ->> 'email'), own_id)
            IS NOT NULL THEN
        RETURN '{"outcome": "taken", "field": "email"}';
    END IF;
    RETURN jsonb_build_object('attributes', attributes);
END
$$;
