CREATE TABLE notes (id bigint PRIMARY KEY, user_id bigint, day date);
CREATE INDEX notes_user_id_idx ON notes (user_id);
