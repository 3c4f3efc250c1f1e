CREATE UNIQUE INDEX CONCURRENTLY products_sku_name ON products (sku, name) INCLUDE (price) WHERE price > 0;
