SELECT count(*) = 0 FROM users WHERE email_address IS DISTINCT FROM email;
