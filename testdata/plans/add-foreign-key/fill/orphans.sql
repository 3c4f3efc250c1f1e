UPDATE posts SET user_id = NULL
WHERE id IN (SELECT p.id FROM posts p LEFT JOIN users u ON u.id = p.user_id
  WHERE p.user_id IS NOT NULL AND u.id IS NULL ORDER BY p.id LIMIT $1);
