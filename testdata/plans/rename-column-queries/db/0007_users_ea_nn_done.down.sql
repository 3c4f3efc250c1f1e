SET lock_timeout = '2s';
ALTER TABLE users ADD CONSTRAINT users_ea_nn CHECK (email_address IS NOT NULL) NOT VALID;
