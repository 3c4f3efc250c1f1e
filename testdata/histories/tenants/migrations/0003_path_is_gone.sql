-- +goose Up
CREATE TABLE users (id int);
CREATE TABLE roles (role app.role, roles app.role[], slug app.slug);
INSERT INTO app.users (email) VALUES ('a@example.org');
-- +goose Down
SELECT 1;
