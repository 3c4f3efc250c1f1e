CREATE TABLE countries (code char(2) PRIMARY KEY, alt char(3) UNIQUE, name text);
CREATE UNIQUE INDEX countries_name ON countries (name);
CREATE TABLE towns (id int PRIMARY KEY, country char(2) REFERENCES countries, alt char(3) REFERENCES countries (alt) DEFERRABLE, cname text REFERENCES countries (name) MATCH FULL ON DELETE SET DEFAULT);
ALTER TABLE countries RENAME COLUMN code TO iso;
ALTER TABLE towns ALTER CONSTRAINT towns_country_fkey DEFERRABLE INITIALLY DEFERRED;
ALTER TABLE countries DROP CONSTRAINT countries_alt_key CASCADE;
DROP INDEX countries_name CASCADE;
