-- +goose Up
ALTER TABLE public.users RENAME TO old_users;
ALTER TABLE core.users SET SCHEMA public;
ALTER INDEX public.users_pkey RENAME TO people_pkey;
CREATE TABLE core.users (id serial PRIMARY KEY, CHECK (id > 0), UNIQUE (id));
-- +goose Down
SELECT 1;
