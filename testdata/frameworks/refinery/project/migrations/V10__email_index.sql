-- +refinery NO TRANSACTION
CREATE INDEX CONCURRENTLY users_email_idx ON users (email);
