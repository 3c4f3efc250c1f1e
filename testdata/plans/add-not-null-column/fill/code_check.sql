SELECT count(*) = 0 FROM users WHERE code IS NULL;
