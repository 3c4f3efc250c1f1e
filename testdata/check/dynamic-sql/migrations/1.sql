CREATE TABLE users (id bigint PRIMARY KEY, email text);
CREATE TABLE "Odd" (id bigint);
