SET lock_timeout = '2s';
DROP VIEW customers;
