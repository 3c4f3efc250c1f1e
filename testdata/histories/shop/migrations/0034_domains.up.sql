CREATE DOMAIN store.cents AS bigint DEFAULT 0 CHECK (VALUE >= 0);
CREATE DOMAIN store.short AS varchar(10) NOT NULL;
CREATE DOMAIN store.price AS store.cents CONSTRAINT not_too_high CHECK (VALUE < 1000000);
ALTER TABLE store.orders ADD COLUMN shipping store.cents, ADD COLUMN tag store.short DEFAULT 'a', ADD COLUMN tip store.cents DEFAULT NULL, ADD COLUMN tax store.price;
ALTER DOMAIN store.cents ADD CHECK (VALUE <> 13) NOT VALID;
ALTER DOMAIN store.cents ADD CONSTRAINT even CHECK (VALUE % 2 = 0);
ALTER DOMAIN store.cents SET DEFAULT 2;
