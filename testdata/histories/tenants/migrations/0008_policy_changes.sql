-- +goose Up
ALTER POLICY own ON app.users RENAME TO own_rows;
ALTER POLICY own_rows ON app.users USING (tenant > 1);
DROP POLICY writes ON app.users;
ALTER TABLE app.users RENAME COLUMN tenant TO tenant_id;
ALTER TABLE app.users NO FORCE ROW LEVEL SECURITY;
-- +goose Down
SELECT 1;
