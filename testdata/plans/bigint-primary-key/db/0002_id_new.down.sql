SET lock_timeout = '2s';
DROP TRIGGER items_id_sync ON items;
DROP FUNCTION items_id_sync();
ALTER TABLE items DROP COLUMN id_new;
