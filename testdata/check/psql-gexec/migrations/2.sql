SELECT 'CREATE DATABASE shop' WHERE NOT EXISTS (SELECT FROM pg_database WHERE datname = 'shop')\gexec
SELECT 'ALTER TABLE users ADD COLUMN age int;' WHERE current_user = 'owner' \gexec
SELECT 'DROP TABLE ' || relname FROM pg_class \gexec
SELECT 'DROP TABLE users; DROP TABLE orders' \gexec
