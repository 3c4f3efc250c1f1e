SELECT count(*) = 0 FROM orders WHERE amount <= 0;
