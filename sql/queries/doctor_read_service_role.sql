-- Whether the service's role exists, and whether the current role may become it, for `hooklog doctor`.
-- → is_present boolean, is_usable boolean
SELECT
    to_regrole('hooklog_service') IS NOT NULL AS is_present,
    coalesce(pg_has_role(current_user, to_regrole('hooklog_service'), 'MEMBER'), false) AS is_usable;
