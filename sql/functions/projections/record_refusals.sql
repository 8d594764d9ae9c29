-- Records which users' projections a migration refused, in the place of those before.
CREATE OR REPLACE FUNCTION hooklog.record_refusals(projections text[], files text[], reasons text[]) RETURNS void
LANGUAGE sql VOLATILE
SET search_path = pg_catalog, pg_temp
AS $$
    DELETE FROM hooklog.refused_projection;
    INSERT INTO hooklog.refused_projection (projection, file, reason, refused_at)
    SELECT r.projection, r.file, r.reason, clock_timestamp()
    FROM unnest(projections, files, reasons) AS r (projection, file, reason)
    ON CONFLICT DO NOTHING;
$$;
