CREATE TABLE users (id bigint PRIMARY KEY, email text);
ALTER TABLE users OWNER TO ${owner};
