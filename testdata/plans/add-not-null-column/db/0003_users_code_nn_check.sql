SET lock_timeout = '2s';
ALTER TABLE users ADD CONSTRAINT users_code_nn CHECK (code IS NOT NULL) NOT VALID;
