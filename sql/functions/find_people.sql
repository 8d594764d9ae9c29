-- The people of a page: their e-mail addresses, in order, at most page_limit after after_email ('': from the start), and
-- where the next page begins (NULL: there is none). Not for use by itself: it checks no key.
--
-- wanted_system: they have a document of that system (NULL: any). search: a part of the address or of a name, in lower
-- case (NULL: any); no index helps here. The rows of all tables come merged by address, so that those of one person
-- stand together, and are read only as far as the page needs, and never beyond examined_limit rows: of a person that
-- is cut off there the next page begins, unless it is the only one. Relies on the email indexes of hooklog.contact and
-- hooklog.internal_contact: sorting is off, so that the merge goes by them.
CREATE OR REPLACE FUNCTION hooklog.find_people(
    workspace bigint,
    live boolean,
    wanted_system text,
    after_email text,
    search text,
    page_limit integer,
    examined_limit integer,
    OUT emails text[],
    OUT following text
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET search_path = pg_catalog, pg_temp
SET plan_cache_mode = force_generic_plan
SET enable_seqscan = off
SET enable_bitmapscan = off
SET enable_sort = off
SET enable_incremental_sort = off
SET jit = off
AS $$
#variable_conflict use_column
DECLARE
    entry record;
    examined integer := 0;
    person text;
    is_match boolean := false;
    person_before text;
BEGIN
    emails := '{}';
    FOR entry IN
        SELECT s.email, s.name
        FROM (
            (
                SELECT t.email, t.name
                FROM hooklog.contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.system = 'pivotal'
                    AND t.email > after_email
                    AND t.deleted_at IS NULL
                    AND coalesce(wanted_system, 'pivotal') = 'pivotal'
                ORDER BY t.email
            )
            UNION ALL
            (
                SELECT t.email, t.name
                FROM hooklog.contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.system = 'piriod'
                    AND t.email > after_email
                    AND t.deleted_at IS NULL
                    AND coalesce(wanted_system, 'piriod') = 'piriod'
                ORDER BY t.email
            )
            UNION ALL
            (
                SELECT t.email, t.name
                FROM hooklog.contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.system = 'stuut'
                    AND t.email > after_email
                    AND t.deleted_at IS NULL
                    AND coalesce(wanted_system, 'stuut') = 'stuut'
                ORDER BY t.email
            )
            UNION ALL
            (
                SELECT t.email, t.name
                FROM hooklog.contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.system = 'ruddr'
                    AND t.email > after_email
                    AND t.deleted_at IS NULL
                    AND coalesce(wanted_system, 'ruddr') = 'ruddr'
                ORDER BY t.email
            )
            UNION ALL
            (
                SELECT t.email, t.name
                FROM hooklog.internal_contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.system = 'stuut'
                    AND t.email > after_email
                    AND t.deleted_at IS NULL
                    AND coalesce(wanted_system, 'stuut') = 'stuut'
                ORDER BY t.email
            )
        ) AS s
        ORDER BY s.email
        LIMIT examined_limit
    LOOP
        IF entry.email IS DISTINCT FROM person THEN
            IF is_match THEN
                emails := emails || person;
                EXIT WHEN cardinality(emails) > page_limit;
            END IF;
            person_before := person;
            person := entry.email;
            is_match := search IS NULL OR strpos(person, search) > 0;
        END IF;
        is_match := is_match OR coalesce(strpos(lower(entry.name), search) > 0, false);
        examined := examined + 1;
    END LOOP;
    IF cardinality(emails) <= page_limit THEN
        IF examined = examined_limit AND person_before IS NOT NULL THEN
            following := person_before;
            RETURN;
        ELSIF is_match THEN
            emails := emails || person;
        END IF;
        IF examined = examined_limit THEN
            following := person;
            RETURN;
        END IF;
    END IF;
    IF cardinality(emails) > page_limit THEN
        emails := emails[1:page_limit];
        following := emails[page_limit];
    END IF;
END
$$;
