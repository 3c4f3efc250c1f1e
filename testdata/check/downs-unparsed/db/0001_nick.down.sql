${less_changes};
ALTER TABLE users DROP COLUMN nick;
