-- +goose Up
ALTER TABLE app.users ENABLE ROW LEVEL SECURITY;
ALTER TABLE app.users FORCE ROW LEVEL SECURITY;
CREATE POLICY own ON app.users USING (tenant = 1);
CREATE POLICY writes ON app.users FOR INSERT TO PUBLIC WITH CHECK (tenant = 2);
CREATE POLICY by_team ON app.users AS RESTRICTIVE FOR SELECT USING (id IN (SELECT owner FROM app.teams));
-- +goose Down
SELECT 1;
