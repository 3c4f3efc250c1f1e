-- +goose Up
CREATE TABLE users (id bigint PRIMARY KEY, email text, age integer);
CREATE TABLE "Aufträge" (id bigint PRIMARY KEY, user_id bigint);

-- +goose Down
DROP TABLE "Aufträge";
DROP TABLE users;
