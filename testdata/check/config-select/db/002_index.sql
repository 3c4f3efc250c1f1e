CREATE INDEX users_email_idx ON users (email);
UPDATE users SET email = lower(email);
