-- +goose Up
CREATE TABLE core.serials (a serial, b bigserial, c smallserial, d serial2, e serial4, f serial8 UNIQUE);
ALTER TABLE core.serials ALTER a TYPE bigint;
ALTER TABLE core.serials ALTER b DROP DEFAULT;
ALTER TABLE core.serials ALTER c DROP NOT NULL, DROP COLUMN d;
ALTER SEQUENCE core.serials_e_seq OWNED BY NONE;
ALTER SEQUENCE core.serials_f_seq RENAME TO f_numbers;
ALTER TABLE core.serials RENAME TO cereals;
ALTER TABLE core.cereals ADD g serial, ADD COLUMN a2 int DEFAULT nextval('core.serials_a_seq');
-- +goose Down
SELECT 1;
