-- name: café
SELECT 1;
