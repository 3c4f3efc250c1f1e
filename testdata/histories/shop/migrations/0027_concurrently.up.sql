CREATE INDEX CONCURRENTLY products_name ON products (name text_pattern_ops, price DESC);
