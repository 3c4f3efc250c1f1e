UPDATE users SET plan = 'free' WHERE plan = 'none';
ALTER TABLE posts ADD COLUMN plan text;
