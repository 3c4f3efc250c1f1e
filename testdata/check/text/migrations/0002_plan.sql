BEGIN;
ALTER TABLE users
  ADD COLUMN plan_id bigint NOT NULL DEFAULT (random() * 10)::bigint;
UPDATE users SET email = lower(email);
COMMIT;
