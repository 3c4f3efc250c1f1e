CREATE TYPE address AS (street varchar(40), zip char(5), "Land" text COLLATE "C");
CREATE TABLE homes OF address (PRIMARY KEY (zip), street WITH OPTIONS NOT NULL DEFAULT 'main');
ALTER TYPE address ADD ATTRIBUTE town text CASCADE;
ALTER TYPE address RENAME ATTRIBUTE zip TO postcode CASCADE;
ALTER TYPE address ALTER ATTRIBUTE street TYPE text CASCADE;
ALTER TYPE address DROP ATTRIBUTE "Land" CASCADE;
ALTER TABLE customers ADD COLUMN home address, ADD COLUMN homes address[];
