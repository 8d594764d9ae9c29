-- Has PostgreSQL read a user's SELECT, alone and in the statement that it becomes a part of, and fails as it does.
--
-- Alone it must be complete: a text in which every string, comment and parenthesis is closed cannot reach beyond the
-- parentheses that it is put in. That it names columns which only the whole provides (42703, 42P01) is no fault then.
-- The whole is also planned and started as the role that it will run as, which checks its rights (42501), and no row is
-- fetched. A cursor takes one statement, a query, and nothing of any other is run.
CREATE OR REPLACE FUNCTION hooklog.try_select(user_select text, whole text) RETURNS void
LANGUAGE plpgsql VOLATILE
SET standard_conforming_strings = on
AS $$
BEGIN
    CREATE FUNCTION projection.open_select(statement text) RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp
    AS 'DECLARE rows refcursor; BEGIN OPEN rows FOR EXECUTE statement; CLOSE rows; END';
    PERFORM hooklog.give_to_projections('projection.open_select(text)');
    BEGIN
        PERFORM projection.open_select(user_select);
    EXCEPTION WHEN undefined_column OR undefined_table THEN
        NULL;
    END;
    PERFORM projection.open_select(whole);
    DROP FUNCTION projection.open_select(text);
END
$$;
