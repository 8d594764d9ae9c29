-- Keeps how far an import came, or forgets it.
-- $1 workspace_id bigint, $2 source_id bigint, $3 origin text, $4 state jsonb or NULL
SELECT hooklog.keep_import_place($1, $2, $3, $4);
