ALTER TABLE lines REPLICA IDENTITY FULL;
CREATE UNIQUE INDEX articles_identity ON store.articles (id2);
ALTER TABLE store.articles REPLICA IDENTITY USING INDEX articles_identity;
DROP INDEX store.articles_identity;
