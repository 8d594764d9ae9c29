-- The text of an event's body in which U+FFFD stands for what jsonb cannot hold; NULL where nothing had to be replaced. From
-- the body and not from the payload, whose numbers would come out otherwise spelled, and of any length.
CREATE OR REPLACE FUNCTION hooklog.mended_body(e hooklog.event) RETURNS bytea
LANGUAGE sql STABLE PARALLEL SAFE AS $$
    SELECT CASE
        WHEN e.payload_note = 'characters_replaced'
            THEN convert_to(hooklog.replace_characters(convert_from(e.body, 'UTF8')), 'UTF8')
    END
$$;
