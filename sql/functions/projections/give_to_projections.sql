-- Gives a function in schema projection to the role that users' SELECTs run as, the only way to have it run with that
-- role's rights. The new owner needs CREATE there for the moment of the change, and never otherwise: who may not make a
-- function cannot replace one either, and whoever runs this one could be more powerful.
CREATE OR REPLACE FUNCTION hooklog.give_to_projections(signature text) RETURNS void
LANGUAGE plpgsql VOLATILE AS $$
BEGIN
    EXECUTE format('REVOKE ALL ON FUNCTION %s FROM PUBLIC', signature);
    GRANT CREATE ON SCHEMA projection TO hooklog_projection;
    EXECUTE format('ALTER FUNCTION %s OWNER TO hooklog_projection', signature);
    REVOKE CREATE ON SCHEMA projection FROM hooklog_projection;
END
$$;
