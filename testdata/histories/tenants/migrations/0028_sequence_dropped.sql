-- +goose Up
DROP TABLE core.cereals;
CREATE TABLE core.cereals (a int DEFAULT nextval('core.serials_e_seq'), b int DEFAULT nextval('core.serials_e_seq'::regclass) NOT NULL);
DROP SEQUENCE core.serials_e_seq CASCADE;
-- +goose Down
SELECT 1;
