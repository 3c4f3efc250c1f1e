UPDATE users SET code = 'c' || id
WHERE id IN (SELECT id FROM users WHERE code IS NULL ORDER BY id LIMIT $1);
