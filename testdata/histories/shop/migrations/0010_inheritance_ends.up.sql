ALTER TABLE contractors NO INHERIT people;
ALTER TABLE people DROP COLUMN phone;
ALTER TABLE people VALIDATE CONSTRAINT phoned_not_valid;
