-- lockstep:ignore-file down-leaves because the column is wanted either way
SET lock_timeout = '2s';
ALTER TABLE users ADD COLUMN name text;
