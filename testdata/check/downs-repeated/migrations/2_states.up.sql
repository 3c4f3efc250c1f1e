UPDATE users SET state = 1 WHERE state = 0 AND id < 100;
UPDATE users SET state = 2 WHERE state = 3 AND id < 100;
DELETE FROM users WHERE id = 7;
