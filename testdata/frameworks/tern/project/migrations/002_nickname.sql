ALTER TABLE users ADD COLUMN nickname text;
GRANT SELECT ON users TO {{.reader}};

---- create above / drop below ----

ALTER TABLE users DROP COLUMN nickname;
