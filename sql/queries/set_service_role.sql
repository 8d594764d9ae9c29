-- Gives a session the rights of the service and no more. Fails with 42501 when the role may not do that.
SET ROLE hooklog_service;
