-- What a session of Hooklog's own is told before it works on logs. Plans are made once, often on an empty database, and live
-- as long as the session: so the planner is left with the indexes, and with one plan for all values, since planning costs four
-- times what appending one event does. A function says what differs for it.
SELECT
    set_config('enable_seqscan', 'off', false),
    set_config('enable_bitmapscan', 'off', false),
    set_config('jit', 'off', false),
    set_config('plan_cache_mode', 'force_generic_plan', false);
