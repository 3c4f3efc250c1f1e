SET lock_timeout = '5s';
ALTER TABLE customers VALIDATE CONSTRAINT phone_present;
