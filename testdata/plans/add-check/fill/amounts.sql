UPDATE orders SET amount = 1
WHERE id IN (SELECT id FROM orders WHERE amount <= 0 ORDER BY id LIMIT $1);
