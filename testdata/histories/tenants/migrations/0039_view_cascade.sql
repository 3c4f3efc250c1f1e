-- +goose Up
DROP VIEW core.first_view CASCADE;
ALTER TABLE public.users ADD COLUMN age int;
DROP VIEW core.v3, core.v4;
-- +goose Down
SELECT 1;
