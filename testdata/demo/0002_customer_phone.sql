-- Safe: nullable, or with a default that is computed once.
SET lock_timeout = '5s';

ALTER TABLE customers
    ADD COLUMN phone varchar(20),
    ADD COLUMN newsletter boolean NOT NULL DEFAULT false,
    ADD COLUMN seen_at timestamptz DEFAULT now();
