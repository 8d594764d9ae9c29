-- Ruddr's rules for companies; see hooklog.judge_write(): none but that what is known of those that it names is kept.
CREATE OR REPLACE FUNCTION hooklog.judge_ruddr_company(write hooklog.object_write) RETURNS jsonb
LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
    SELECT jsonb_build_object('attributes', hooklog.known_references(
        write, '{companySpendTier,companyType,industry,owner,practice,sicCode,timeZone}'))
$$;
