SET lock_timeout = '2s';
ALTER TABLE posts DROP CONSTRAINT posts_user_fk;
