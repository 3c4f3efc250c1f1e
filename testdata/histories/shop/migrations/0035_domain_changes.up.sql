ALTER DOMAIN store.cents VALIDATE CONSTRAINT cents_check1;
ALTER DOMAIN store.cents RENAME TO pennies;
ALTER DOMAIN store.pennies RENAME CONSTRAINT even TO is_even;
ALTER DOMAIN store.short DROP NOT NULL;
ALTER DOMAIN store.price SET SCHEMA public;
ALTER DOMAIN price DROP CONSTRAINT not_too_high;
