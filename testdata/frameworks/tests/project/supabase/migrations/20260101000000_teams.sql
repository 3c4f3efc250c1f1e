CREATE TABLE IF NOT EXISTS teams (name text);
CREATE INDEX teams_name ON teams (name);
