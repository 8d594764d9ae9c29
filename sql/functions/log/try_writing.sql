-- Writes as an append does, and takes it back: fails as an append would where the database is read-only or a disk is full.
-- The table gets a new file and 64 KiB in it, so that there must be room, and the commit that ends this must reach the
-- disk and the standbys that appends wait for. Nothing stays.
CREATE OR REPLACE FUNCTION hooklog.try_writing() RETURNS void
LANGUAGE plpgsql VOLATILE SECURITY DEFINER
SET lock_timeout = '1s'
AS $$
BEGIN
    TRUNCATE hooklog.write_trial;
    INSERT INTO hooklog.write_trial (filler)
    SELECT repeat('x', 8000)
    FROM generate_series(1, 8);
    RAISE EXCEPTION 'the trial is over' USING ERRCODE = 'HL011';
EXCEPTION WHEN SQLSTATE 'HL011' THEN
    NULL;
END
$$;
