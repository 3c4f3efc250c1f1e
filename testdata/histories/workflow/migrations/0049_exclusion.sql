CREATE TABLE slots (room int, span int4range, EXCLUDE USING gist (span WITH &&), CONSTRAINT by_room EXCLUDE USING btree (room WITH =) INCLUDE (span) WHERE (room > 0));
ALTER TABLE slots RENAME COLUMN span TO during;
ALTER TABLE slots ADD EXCLUDE (room WITH =);
ALTER TABLE slots ADD EXCLUDE USING gist (during WITH &&, int4range(room, room + 1) WITH &&);
ALTER TABLE slots DROP CONSTRAINT slots_span_excl;
