-- Stuut's rules for internal contacts; see hooklog.judge_write(). A new e-mail address must be one person's, however it is
-- written.
CREATE OR REPLACE FUNCTION hooklog.judge_stuut_internal_contact(write hooklog.object_write) RETURNS jsonb
LANGUAGE plpgsql STABLE AS $$
BEGIN
    IF hooklog.email_key(write.attributes ->> 'email') <> coalesce(hooklog.email_key(write.present ->> 'email'), '')
        AND hooklog.holder_of(write, 'email', hooklog.email_key(write.attributes ->> 'email')) IS NOT NULL THEN
        RETURN '{"outcome": "taken", "field": "email"}';
    END IF;
    RETURN jsonb_build_object('attributes', write.attributes);
END
$$;
