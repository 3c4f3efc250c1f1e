UPDATE orders SET amount_new = amount
WHERE id IN (SELECT id FROM orders WHERE amount_new IS DISTINCT FROM amount ORDER BY id LIMIT $1);
