ALTER TABLE notes DROP CONSTRAINT "notes_userId_fkey";
DROP TABLE "Vote";
