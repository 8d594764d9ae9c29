-- A page of people, by e-mail address, each with the documents of every system that know it. See hooklog.people() for
-- who is one.
--
-- place: the address where the page before ended (NULL: from the start). wanted_email: the whole address (NULL: any).
-- wanted_text: a part of the address or of a name, in any case (NULL: any). wanted_system: people that it knows (NULL:
-- any). For examined_limit see hooklog.find_people(), for documents_limit hooklog.describe_person(). A page ends before
-- the person that would take its documents beyond byte_limit bytes; it has one at least, whose documents end there.
--
-- body: the answer's JSON.
CREATE OR REPLACE FUNCTION hooklog.list_people(
    workspace bigint,
    live boolean,
    wanted_system text,
    page_limit integer,
    place text,
    wanted_email text,
    wanted_text text,
    examined_limit integer,
    documents_limit integer,
    byte_limit bigint,
    OUT outcome text,
    OUT body json
)
LANGUAGE plpgsql STABLE SECURITY DEFINER AS $$
#variable_conflict use_column
DECLARE
    emails text[] := '{}';
    address text;
    person record;
    bodies json[] := '{}';
    bytes bigint := 0;
    shown text;
    following text;
    search text := lower(wanted_text);
    known_systems text[] := hooklog.directory_systems();
BEGIN
    outcome := 'ok';
    IF wanted_email IS NULL THEN
        SELECT f.emails, f.following INTO emails, following
        FROM hooklog.find_people(
            workspace, live, wanted_system, coalesce(place, ''), search, page_limit, examined_limit) AS f;
    ELSIF hooklog.email_key(wanted_email) > coalesce(place, '') THEN
        emails := ARRAY[hooklog.email_key(wanted_email)];
    END IF;
    FOREACH address IN ARRAY emails LOOP
        SELECT d.name, d.names, d.systems, d.updated_at, d.documents, d.has_more_documents, d.bytes INTO person
        FROM hooklog.describe_person(
            workspace, live, known_systems, address, documents_limit, byte_limit) AS d;
        CONTINUE WHEN person.systems IS NULL
            OR NOT coalesce(wanted_system, person.systems[1]) = ANY (person.systems)
            OR wanted_email IS NOT NULL
                AND search IS NOT NULL
                AND strpos(lower(address || E'\n' || array_to_string(person.names, E'\n')), search) = 0;
        bytes := bytes + person.bytes;
        IF bytes > byte_limit AND shown IS NOT NULL THEN
            following := shown;
            EXIT;
        END IF;
        shown := address;
        bodies := bodies || json_build_object(
            'object', 'person',
            'email', address,
            'name', person.name,
            'livemode', live,
            'systems', person.systems,
            'updated_at', hooklog.render_instant(person.updated_at),
            'documents', person.documents,
            'has_more_documents', person.has_more_documents);
    END LOOP;
    body := hooklog.render_page(bodies, following);
END
$$;
