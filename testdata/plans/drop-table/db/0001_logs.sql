CREATE TABLE users (id bigint PRIMARY KEY, name text);
CREATE TABLE logs (id bigint PRIMARY KEY, user_id bigint CONSTRAINT logs_user_fk REFERENCES users, what text);
CREATE TABLE log_lines (log_id bigint CONSTRAINT log_lines_log_fk REFERENCES logs, line text);
