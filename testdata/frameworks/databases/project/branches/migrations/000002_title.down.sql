ALTER TABLE {{.prefix}}boards DROP COLUMN title;
