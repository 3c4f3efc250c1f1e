CREATE UNIQUE INDEX CONCURRENTLY items_pkey_new ON items (id_new);
