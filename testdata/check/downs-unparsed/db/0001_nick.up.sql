ALTER TABLE users ADD COLUMN nick text;
ALTER TABLE users RENAME COLUMN email TO ${name};
