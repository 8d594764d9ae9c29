-- The people of a page: their e-mail addresses, in order, at most page_limit after after_email ('': from the start), and
-- where the next page begins (NULL: there is none). Not for use by itself: it checks no key.
--
-- wanted_system: they have a document of that system (NULL: any). search: a part of the address or of a name, in lower
-- case (NULL: any); no index helps here. The rows of both tables come merged by address, so that those of one person
-- stand together, and are read only as far as the page needs, and never beyond examined_limit rows, deleted ones
-- included: of a person that is cut off there the next page begins, unless it is the only one (then names beyond the
-- limit are not looked at). Relies on the email indexes of hooklog.contact and hooklog.internal_contact: sorting is off,
-- so that the merge goes by them, and systems are a range, which they can tell without a look at the rows.
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
SET enable_sort = off
SET enable_incremental_sort = off
AS $$
#variable_conflict use_column
DECLARE
    first_system text;
    last_system text;
    entry record;
    examined integer := 0;
    person text;
    is_known boolean := false;
    is_match boolean := false;
    person_before text;
BEGIN
    emails := '{}';
    SELECT coalesce(wanted_system, min(s.system)), coalesce(wanted_system, max(s.system))
    INTO first_system, last_system
    FROM unnest(hooklog.directory_systems()) AS s (system);
    FOR entry IN
        SELECT s.email, s.name, s.deleted_at
        FROM (
            (
                SELECT t.email, t.name, t.deleted_at
                FROM hooklog.contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.email > after_email
                    AND t.system BETWEEN first_system AND last_system
                ORDER BY t.email
            )
            UNION ALL
            (
                SELECT t.email, t.name, t.deleted_at
                FROM hooklog.internal_contact AS t
                WHERE t.workspace_id = workspace
                    AND t.livemode = live
                    AND t.email > after_email
                    AND t.system BETWEEN first_system AND last_system
                ORDER BY t.email
            )
        ) AS s
        ORDER BY s.email
        LIMIT examined_limit
    LOOP
        IF entry.email IS DISTINCT FROM person THEN
            IF is_known AND is_match THEN
                emails := emails || person;
                EXIT WHEN cardinality(emails) > page_limit;
            END IF;
            person_before := person;
            person := entry.email;
            is_known := false;
            is_match := search IS NULL OR strpos(person, search) > 0;
        END IF;
        examined := examined + 1;
        CONTINUE WHEN entry.deleted_at IS NOT NULL;
        is_known := true;
        is_match := is_match OR coalesce(strpos(lower(entry.name), search) > 0, false);
    END LOOP;
    IF cardinality(emails) <= page_limit THEN
        IF examined = examined_limit AND person_before IS NOT NULL THEN
            following := person_before;
            RETURN;
        ELSIF is_match AND (is_known OR examined = examined_limit) THEN
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
