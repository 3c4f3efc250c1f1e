-- +goose Up
CREATE TEMPORARY TABLE scratch (id serial PRIMARY KEY, note text) ON COMMIT DROP;
CREATE TEMP TABLE users AS SELECT * FROM public.users;
CREATE INDEX ON users (mail);
ALTER TABLE users ADD COLUMN only_here int;
CREATE TEMP VIEW peek AS SELECT * FROM users;
DROP TABLE users CASCADE;
ALTER TABLE public.users ADD COLUMN not_temporary int;
-- +goose Down
SELECT 1;
