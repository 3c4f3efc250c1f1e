DROP TRIGGER wide ON events;
ALTER TABLE customers DROP COLUMN email CASCADE;
DROP FUNCTION store.touch_row() CASCADE;
