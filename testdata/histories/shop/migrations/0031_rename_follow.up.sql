ALTER TABLE products RENAME TO articles;
ALTER TABLE articles RENAME COLUMN price TO amount;
ALTER TABLE articles ADD COLUMN id2 serial;
ALTER TABLE articles ADD CHECK (amount < 1000000);
ALTER TABLE articles ADD UNIQUE (name);
ALTER SEQUENCE products_id_seq RENAME TO article_numbers;
ALTER INDEX products_pkey RENAME TO article_key;
