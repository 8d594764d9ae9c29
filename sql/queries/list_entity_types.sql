-- The kinds of objects that a system has.
-- $1 connector text
-- → entity_types text[], NULL for a sender whose events are only logged
SELECT hooklog.entity_types($1) AS entity_types;
