INSERT INTO contacts (user_id, email)
SELECT u.id, u.email FROM users u LEFT JOIN contacts c ON c.user_id = u.id
WHERE c.user_id IS NULL ORDER BY u.id LIMIT $1
ON CONFLICT DO NOTHING;
