UPDATE users SET token = md5(random()::text)
WHERE id IN (SELECT id FROM users WHERE token IS NULL ORDER BY id LIMIT $1);
