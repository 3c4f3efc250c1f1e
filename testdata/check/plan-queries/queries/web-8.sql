-- name: recent_users
SELECT id, email FROM users ORDER BY created_at DESC LIMIT 20;

-- name: create_user
INSERT INTO users (id, email, name, created_at) VALUES (:id, :email, :name, now())
ON CONFLICT (email) DO UPDATE SET name = excluded.name;

-- name: one_user
SELECT id, email, name FROM users WHERE id = :id;
