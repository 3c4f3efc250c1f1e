SET lock_timeout = '2s';
-- lockstep:ignore foreign-key-narrower because refs.item_id becomes bigint in a plan of its own
ALTER TABLE refs ADD CONSTRAINT refs_item_fk_new FOREIGN KEY (item_id) REFERENCES items (id_new) NOT VALID;
