ALTER TABLE indexed RENAME CONSTRAINT indexed_pkey TO indexed_key;
ALTER TABLE indexed RENAME COLUMN a TO id;
ALTER INDEX indexed_c_key RENAME TO c_is_unique;
ALTER TABLE indexed RENAME COLUMN d TO dd;
ALTER TABLE indexed DROP CONSTRAINT indexed_d_check, DROP CONSTRAINT c_is_unique;
