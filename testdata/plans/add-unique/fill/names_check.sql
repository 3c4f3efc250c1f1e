SELECT NOT EXISTS (SELECT name FROM users GROUP BY name HAVING count(*) > 1);
