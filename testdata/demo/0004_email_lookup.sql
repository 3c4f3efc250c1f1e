-- Writes to customers wait until the index is built.
SET lock_timeout = '5s';
CREATE INDEX customers_email_idx ON customers (lower(email));
