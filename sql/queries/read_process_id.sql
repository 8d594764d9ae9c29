-- The server process that runs this statement, to find out whether a session keeps its process.
-- → process_id integer
SELECT pg_backend_pid() AS process_id;
