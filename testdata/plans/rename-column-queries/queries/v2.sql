-- name: GetUser :one
SELECT id, email_address, name FROM users WHERE id = $1;

-- name: FindUser :many
SELECT id, name FROM users WHERE email_address = $1;

-- name: CreateUser :exec
INSERT INTO users (id, email, email_address, name, fax) VALUES ($1, @email, @email, $3, $4);

-- name: ChangeEmail :exec
UPDATE users SET email = sqlc.arg(email), email_address = sqlc.arg(email) WHERE id = sqlc.arg(id);
