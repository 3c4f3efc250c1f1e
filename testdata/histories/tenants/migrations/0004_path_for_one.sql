-- +goose Up
SET LOCAL search_path = "Tenant 1", app;
CREATE TABLE users (id serial, "E-Mail" text, "größe" int, role role DEFAULT 'member', PRIMARY KEY ("id", "E-Mail"));
CREATE TABLE members (user_id int, "E-Mail" text, team_id int REFERENCES teams, FOREIGN KEY (user_id, "E-Mail") REFERENCES users ON DELETE CASCADE);
CREATE INDEX ON members (team_id);
CREATE INDEX ON users ("größe", "E-Mail");
CREATE VIEW all_members AS SELECT m.*, t.slug FROM members m JOIN teams t ON t.id = m.team_id;
-- +goose Down
SELECT 1;
