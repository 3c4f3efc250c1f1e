SET lock_timeout = '2s';
ALTER TABLE items DROP COLUMN id_old;
