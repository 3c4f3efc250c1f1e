SET lock_timeout = '2s';
ALTER TABLE refs ADD CONSTRAINT refs_item_fk_new FOREIGN KEY (item_id) REFERENCES items (id_new) NOT VALID;
