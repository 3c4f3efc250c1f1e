-- +goose Up
SET LOCAL lock_timeout = '2s';
ALTER TABLE "Aufträge" ADD CONSTRAINT "🐘 INDEX" /* 🐘 */ FOREIGN KEY (user_id)
  REFERENCES users (id) -- 🐘 NOT VALID
  ;
CREATE INDEX auftraege_by_user ON "Aufträge" (user_id);

-- +goose Down
DROP INDEX auftraege_by_user;
ALTER TABLE "Aufträge" DROP CONSTRAINT "🐘 INDEX";
