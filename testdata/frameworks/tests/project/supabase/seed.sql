INSERT INTO teams (name) VALUES ($$a$$);
