-- +goose Up
CREATE TABLE "Таблица" ("Ключ" serial PRIMARY KEY, "Значение" text UNIQUE, U&"\0441\0442" int CHECK (U&"\0441\0442" > 0));
CREATE TABLE "table" ("from" int REFERENCES "Таблица", "to" int, "a""b" text, "MiXed" text, mixed text);
CREATE INDEX ON "table" ("from", "a""b", "MiXed");
ALTER TABLE "table" RENAME "a""b" TO "c.d";
ALTER TABLE "table" RENAME TO "t.able";
ALTER TABLE "t.able" ADD UNIQUE ("c.d"), ADD CHECK ("c.d" <> "MiXed");
-- +goose Down
SELECT 1;
