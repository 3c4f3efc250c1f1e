SET lock_timeout = '5s';
ALTER TABLE customers ADD CONSTRAINT phone_present CHECK (phone IS NOT NULL) NOT VALID;
