-- +goose Up
CREATE TABLE core.brief (id serial PRIMARY KEY, x int UNIQUE, CONSTRAINT brief_check CHECK (x > 0));
CREATE INDEX brief_x ON core.brief (x);
DROP TABLE core.brief;
CREATE TABLE core.brief (id serial PRIMARY KEY, x int UNIQUE, CONSTRAINT brief_check CHECK (x > 0));
CREATE INDEX brief_x ON core.brief (x);
-- +goose Down
SELECT 1;
