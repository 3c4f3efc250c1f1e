UPDATE users SET nick = NULL WHERE id < 1000;
