ALTER TABLE articles RENAME CONSTRAINT products_sku_key TO sku_unique;
ALTER INDEX articles_name_key RENAME TO name_unique;
ALTER TABLE articles RENAME CONSTRAINT products_price_check TO amount_positive;
