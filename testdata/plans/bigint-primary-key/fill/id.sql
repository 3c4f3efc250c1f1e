UPDATE items SET id_new = id
WHERE id IN (SELECT id FROM items WHERE id_new <> id ORDER BY id LIMIT $1);
