SET lock_timeout = '2s';
ALTER TABLE users ADD COLUMN token text;
ALTER TABLE users ALTER COLUMN token SET DEFAULT md5(random()::text);
