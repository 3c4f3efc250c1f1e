SELECT count(*) = 0 FROM items WHERE id_new <> id;
