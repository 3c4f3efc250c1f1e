SELECT count(*) = 0 FROM users WHERE token IS NULL;
