-- The sizes of the large members of documents, as hooklog.outgrows() takes them.
CREATE OR REPLACE AGGREGATE hooklog.sizes(jsonb) (
    SFUNC = hooklog.note_sizes,
    STYPE = jsonb,
    PARALLEL = SAFE
);
