UPDATE users SET email_address = email
WHERE id IN (SELECT id FROM users WHERE email_address IS DISTINCT FROM email ORDER BY id LIMIT $1);
