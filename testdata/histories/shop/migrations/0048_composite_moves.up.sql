ALTER TYPE address SET SCHEMA store;
ALTER TYPE store.address RENAME TO place;
ALTER TABLE homes NOT OF;
CREATE TYPE span AS RANGE (subtype = int8);
ALTER TABLE customers ADD COLUMN valid_for span;
