-- How far an import came, if it was interrupted less than a day ago; after longer, what was read then is too old.
-- $1 workspace_id bigint, $2 source_id bigint, $3 origin text
-- → state jsonb; no row when there is nothing to go on from
-- Relies on import_place_pkey.
SELECT c.state
FROM hooklog.import_place AS c
WHERE c.workspace_id = $1
    AND c.source_id = $2
    AND c.origin = $3
    AND c.updated_at > clock_timestamp() - interval '1 day';
