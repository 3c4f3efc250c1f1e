CREATE VIEW customers AS SELECT * FROM users;
