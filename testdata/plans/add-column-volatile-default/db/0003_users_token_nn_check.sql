SET lock_timeout = '2s';
ALTER TABLE users ADD CONSTRAINT users_token_nn CHECK (token IS NOT NULL) NOT VALID;
