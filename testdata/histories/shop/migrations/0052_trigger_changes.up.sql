ALTER TRIGGER touched ON customers RENAME TO touched_it;
ALTER TRIGGER partition_wide ON events RENAME TO wide;
ALTER TABLE customers DISABLE TRIGGER counted;
ALTER TABLE customers RENAME COLUMN "select" TO choice;
ALTER FUNCTION touch() RENAME TO touch_row;
ALTER FUNCTION touch_row() SET SCHEMA store;
CREATE OR REPLACE TRIGGER touched_it AFTER UPDATE ON customers FOR EACH ROW EXECUTE FUNCTION store.touch_row();
