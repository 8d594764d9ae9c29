-- Ruddr's rules for companies; see hooklog.judge_write(): none but that what is known of those that it names is kept.
CREATE OR REPLACE FUNCTION hooklog.judge_ruddr_company(
    workspace bigint, live boolean, own_id text, present jsonb, since timestamptz, usual jsonb, attributes jsonb
) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object('attributes', hooklog.known_references(
        present, attributes, '{companySpendTier,companyType,industry,owner,practice,sicCode,timeZone}'))
$$;
