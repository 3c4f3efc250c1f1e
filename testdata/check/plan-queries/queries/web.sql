-- name: recent_acts
SELECT users.email, acts.id
FROM users JOIN acts ON acts.user_id = users.id
ORDER BY created_at DESC LIMIT 20;

-- name: one_user
SELECT * FROM users WHERE id = :id;

-- name: create_user
INSERT INTO users (id, email, name) VALUES (:id, :email, :name) RETURNING *;
