SELECT count(*) = 0 FROM orders WHERE amount_new IS DISTINCT FROM amount;
