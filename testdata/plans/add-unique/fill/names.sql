DELETE FROM users
WHERE id IN (SELECT u.id FROM users u JOIN users o ON o.name = u.name AND o.id < u.id ORDER BY u.id LIMIT $1);
