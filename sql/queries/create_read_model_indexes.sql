-- Makes the secondary indexes of a generation's tables. See sql/functions/create_read_model_indexes.sql.
-- $1 projection text, $2 generation bigint
-- Returns one empty row.
SELECT hooklog.create_read_model_indexes($1::text, $2::bigint)::text AS done
