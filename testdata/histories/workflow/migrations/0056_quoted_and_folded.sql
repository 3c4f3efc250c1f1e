CREATE TABLE "Quoted" ("ID" serial PRIMARY KEY, id serial, Folded text, "Folded" text);
ALTER TABLE "Quoted" RENAME "Folded" TO "fOLDED";
ALTER TABLE "Quoted" ADD UNIQUE ("fOLDED", folded);
ALTER TABLE "Quoted" RENAME TO quoted;
CREATE TABLE "Quoted" (LIKE quoted INCLUDING INDEXES);
