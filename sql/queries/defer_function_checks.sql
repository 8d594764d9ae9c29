-- Lets functions be replaced in any order: their bodies are checked when they first run.
SET LOCAL check_function_bodies = off;
