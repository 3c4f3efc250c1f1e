CREATE INDEX notes_idx ON notes (id);
DROP TABLE notes;
