SELECT count(*) = 0 FROM posts WHERE user_id IS NOT NULL AND user_id NOT IN (SELECT u.id FROM users u);
