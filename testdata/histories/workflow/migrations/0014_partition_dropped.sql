DROP TABLE notes_de;
CREATE TABLE notes_default PARTITION OF notes DEFAULT;
ALTER TABLE notes DROP CONSTRAINT notes_pk;
ALTER TABLE notes RENAME TO remarks;
CREATE TABLE remarks_xx PARTITION OF remarks FOR VALUES IN ('xx');
CREATE INDEX ON remarks (id);
