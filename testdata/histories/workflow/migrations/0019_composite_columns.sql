ALTER TABLE typed_key ADD UNIQUE (y);
CREATE TABLE holds (p pair, ps pair[], t template, PRIMARY KEY (p));
ALTER TYPE pair ADD ATTRIBUTE z int CASCADE;
