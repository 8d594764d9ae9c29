-- The fold of an entity's documents in the order given: a key keeps its value until a later document carries it.
CREATE OR REPLACE AGGREGATE hooklog.merge(jsonb) (
    SFUNC = hooklog.merge_documents,
    STYPE = jsonb[],
    FINALFUNC = hooklog.merged_document,
    PARALLEL = SAFE
);
