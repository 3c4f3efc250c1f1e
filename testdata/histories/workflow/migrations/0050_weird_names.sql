CREATE TABLE "has space" ("a.b" int, "c""d" text, "E" int, "select" int UNIQUE, PRIMARY KEY ("a.b"));
CREATE INDEX "Weird Index" ON "has space" ("E", ("E" + 1));
ALTER TABLE "has space" RENAME "c""d" TO "é";
CREATE SCHEMA "My.Schema";
ALTER TABLE "has space" SET SCHEMA "My.Schema";
ALTER TABLE "My.Schema"."has space" ADD COLUMN id serial, ADD CHECK ("E" > "a.b");
CREATE TABLE "My.Schema".child () INHERITS ("My.Schema"."has space");
