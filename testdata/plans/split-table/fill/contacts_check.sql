SELECT NOT EXISTS (SELECT 1 FROM users u LEFT JOIN contacts c ON c.user_id = u.id
  WHERE c.user_id IS NULL OR c.email IS DISTINCT FROM u.email);
