-- +goose Up
CREATE TABLE core.checks (a int, b int REFERENCES core.users, c int);
ALTER TABLE core.checks ADD CONSTRAINT a_positive CHECK (a > 0) NOT VALID;
ALTER TABLE core.checks ADD CONSTRAINT c_fk FOREIGN KEY (c) REFERENCES core.users (id) MATCH SIMPLE ON UPDATE RESTRICT ON DELETE SET DEFAULT NOT VALID;
ALTER TABLE core.checks ADD CONSTRAINT c_not_null CHECK (c IS NOT NULL) NOT VALID;
-- +goose Down
SELECT 1;
