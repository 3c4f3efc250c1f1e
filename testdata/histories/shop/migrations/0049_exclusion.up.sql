CREATE EXTENSION btree_gist;
CREATE TABLE bookings (room int, during tstzrange, note text, EXCLUDE USING gist (room WITH =, during WITH &&), CONSTRAINT no_twin EXCLUDE USING gist (lower(note) WITH =) WHERE (note <> '') DEFERRABLE INITIALLY DEFERRED);
ALTER TABLE bookings ADD EXCLUDE USING gist (during WITH &&, (room + 1) WITH =);
ALTER TABLE bookings ALTER room TYPE bigint;
