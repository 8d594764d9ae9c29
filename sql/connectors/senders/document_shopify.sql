-- The whole of an event of Shopify's, in memory, as the object of any other system is: of a stored one only the
-- packed size would be seen. See hooklog.document().
CREATE OR REPLACE FUNCTION hooklog.document_shopify(type text, payload jsonb) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT hooklog.unpacked(payload)
$$;
