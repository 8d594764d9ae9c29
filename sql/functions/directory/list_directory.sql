-- A page of the objects of a kind of every system, by the time they last changed, with their documents.
--
-- ascending has the oldest change first. place_at, place_position: where the page before ended (NULL: from the start).
-- since: the earliest change of interest (NULL: any). wanted_email, wanted_system: exact (NULL: any). wanted_text: a
-- part of the name or <searched>, in any case (NULL: any); no index helps here, so a page examines no more than
-- examined_limit rows of each system and then ends, with few rows or none, and a cursor to go on from. A page also
-- ends before the row that would take its documents beyond byte_limit bytes; it has one row at least.
--
-- body: the answer's JSON. Relies on what hooklog.find_directory_<kind>s_<way>() names and on the primary key of hooklog.<kind>.
-- for: kind = contact; searched = email; columns = display_id customer_id org_unit_id name email title phone is_primary
-- for: kind = customer; searched = domain; columns = display_id name slug domain status plan mrr health_score at_risk churned owner_email
-- for: kind = internal_contact; searched = email; columns = name email title phone
-- each: way = ascending; start = -infinity
-- each: way = descending; start = infinity
CREATE OR REPLACE FUNCTION hooklog.list_directory_<kind>s_<way>(
    workspace bigint,
    live boolean,
    wanted_system text,
    page_limit integer,
    place_at timestamptz,
    place_position bigint,
    since timestamptz,
    wanted_email text,
    wanted_text text,
    with_deleted boolean,
    examined_limit integer,
    byte_limit bigint,
    OUT outcome text,
    OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER
SET enable_sort = off
AS $$
#variable_conflict use_column
DECLARE
    found record;
    bodies json[];
    following text;
    search text := lower(wanted_text);
BEGIN
    outcome := 'ok';
    SELECT
        array_agg(f.system) FILTER (WHERE f.matches) AS systems,
        array_agg(f.entity_type) FILTER (WHERE f.matches) AS entity_types,
        array_agg(f.entity_id) FILTER (WHERE f.matches) AS entity_ids,
        array_agg(f.updated_at) FILTER (WHERE f.matches) AS times,
        array_agg(f.first_position) FILTER (WHERE f.matches) AS positions,
        coalesce(count(*) FILTER (WHERE f.matches), 0) AS matching,
        count(*) AS examined,
        (array_agg(f.updated_at))[count(*)] AS last_at,
        (array_agg(f.first_position))[count(*)] AS last_position
    INTO found
    FROM (
        SELECT
            k.system,
            k.entity_type,
            k.entity_id,
            k.updated_at,
            k.first_position,
            search IS NULL
                OR coalesce(strpos(lower(k.name), search) > 0, false)
                OR coalesce(strpos(lower(k.<searched>), search) > 0, false) AS matches
        FROM hooklog.find_directory_<kind>s_<way>(
            workspace,
            live,
            CASE WHEN wanted_system IS NULL THEN hooklog.directory_systems() ELSE ARRAY[wanted_system] END,
            coalesce(place_at, '<start>'),
            coalesce(place_position, 0),
            coalesce(since, '-infinity'),
            hooklog.email_key(wanted_email),
            with_deleted,
            CASE WHEN search IS NULL THEN page_limit + 1 ELSE examined_limit END
        ) AS k
    ) AS f;
    SELECT array_agg(p.body ORDER BY p.ordinal) INTO bodies
    FROM (
        SELECT
            k.ordinal,
            sum(octet_length(t.document::text)) OVER (ORDER BY k.ordinal) AS bytes,
            json_build_object(
                'object', '<kind>',
                'system', t.system,
                'entity_type', t.entity_type,
                'entity_id', t.entity_id,
                'livemode', t.livemode,
                <columns:'*', t.*, >
                'created_at', hooklog.render_instant(t.created_at),
                'updated_at', hooklog.render_instant(t.updated_at),
                'deleted_at', hooklog.render_instant(t.deleted_at),
                'position', t.position,
                'outgrown', coalesce(t.outgrown, false),
                'document', t.document) AS body
        FROM unnest(
            found.systems[1:page_limit], found.entity_types[1:page_limit], found.entity_ids[1:page_limit]
        ) WITH ORDINALITY AS k (system, entity_type, entity_id, ordinal)
        CROSS JOIN LATERAL (
            SELECT c.system, c.entity_type, c.entity_id, c.livemode, <columns:c.*, >
                c.created_at, c.updated_at, c.deleted_at, c.position, c.outgrown, c.document
            FROM hooklog.<kind> AS c
            WHERE c.workspace_id = workspace
                AND c.livemode = live
                AND c.system = k.system
                AND c.entity_type = k.entity_type
                AND c.entity_id BETWEEN k.entity_id AND k.entity_id
            ORDER BY c.entity_id
            LIMIT 1
        ) AS t
    ) AS p
    WHERE p.ordinal = 1
        OR p.bytes <= byte_limit;
    IF coalesce(cardinality(bodies), 0) < found.matching THEN
        following := hooklog.render_cursor(found.times[cardinality(bodies)], found.positions[cardinality(bodies)]);
    ELSIF search IS NOT NULL AND found.examined = examined_limit THEN
        following := hooklog.render_cursor(found.last_at, found.last_position);
    END IF;
    body := hooklog.render_page(bodies, following);
END
$$;
