INSERT INTO posts (id, body)
SELECT d.id, d.body FROM drafts d LEFT JOIN posts p ON p.id = d.id
WHERE p.id IS NULL ORDER BY d.id LIMIT $1
ON CONFLICT DO NOTHING;
