ALTER TABLE customers VALIDATE CONSTRAINT phone_present;
