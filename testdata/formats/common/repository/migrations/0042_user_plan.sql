BEGIN;
ALTER TABLE users
  ADD COLUMN plan_id bigint NOT NULL DEFAULT gen_plan();
ALTER TABLE users
  ADD CONSTRAINT users_plan_fk FOREIGN KEY (plan_id) REFERENCES plans (id);
CREATE INDEX users_plan_id_idx ON users (plan_id);
COMMIT;
