SET lock_timeout = '2s';
CREATE TABLE posts (id bigint PRIMARY KEY, body text);
