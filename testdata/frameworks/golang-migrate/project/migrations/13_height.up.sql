ALTER TABLE users ADD COLUMN height integer;
