-- name: GetUser :one
SELECT id, email, name FROM users WHERE id = $1;

-- name: CreateUser :exec
INSERT INTO users (id, email, name, fax) VALUES ($1, $2, $3, $4);

-- name: ChangeEmail :exec
UPDATE users SET email = sqlc.arg(email) WHERE id = sqlc.arg(id);

-- name: DeleteUser :exec
DELETE FROM users WHERE id = $1;
