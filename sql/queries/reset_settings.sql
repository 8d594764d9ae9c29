-- Gives the session the settings that it began with; its role stays.
RESET ALL
