UPDATE users SET nick = email WHERE id < 1000;
