-- +goose Up
ALTER TABLE app.users DROP COLUMN tenant_id CASCADE;
DROP POLICY IF EXISTS nothing ON app.users;
-- +goose Down
SELECT 1;
