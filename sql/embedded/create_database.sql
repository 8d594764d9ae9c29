-- Creates the database of an embedded cluster.
-- Run once, in single-user mode, before the new cluster is moved into place. Returns no rows.
CREATE DATABASE hooklog
    OWNER hooklog
    ENCODING 'UTF8'
    TEMPLATE template0;
