-- +goose Up
DROP FUNCTION core.twice(int) CASCADE;
DROP FUNCTION public.one() CASCADE;
-- +goose Down
SELECT 1;
