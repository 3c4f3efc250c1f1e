SET lock_timeout = '5s';
ALTER TABLE customers ADD COLUMN nickname text;
ALTER TABLE customers ADD COLUMN country text NOT NULL DEFAULT 'NL';
ALTER TABLE customers ADD COLUMN joined_at timestamptz NOT NULL DEFAULT now();
