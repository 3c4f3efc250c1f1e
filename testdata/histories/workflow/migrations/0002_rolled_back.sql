BEGIN;
CREATE TABLE never (id int);
ALTER TABLE workflows ADD COLUMN never int;
ROLLBACK;
ALTER TABLE workflows ADD COLUMN always int;
