-- The first of three steps: new rows are checked from here on.
SET lock_timeout = '5s';
ALTER TABLE customers ADD CONSTRAINT customers_phone_present CHECK (phone IS NOT NULL) NOT VALID;
