SET lock_timeout = '2s';
ALTER TABLE refs DROP CONSTRAINT refs_item_fk_new;
