SET lock_timeout = '2s';
CREATE TABLE contacts (user_id bigint PRIMARY KEY REFERENCES users (id) ON DELETE CASCADE, email text NOT NULL);
