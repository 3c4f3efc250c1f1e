CREATE SCHEMA elsewhere;
CREATE TABLE moved (id serial PRIMARY KEY, e fresh_level, CHECK (id > 0));
CREATE INDEX ON moved (e);
ALTER TABLE moved SET SCHEMA elsewhere;
ALTER TYPE fresh_level SET SCHEMA elsewhere;
ALTER FUNCTION thing(int) SET SCHEMA elsewhere;
ALTER VIEW step_names SET SCHEMA elsewhere;
