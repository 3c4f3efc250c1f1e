CREATE TABLE sessions (id uuid PRIMARY KEY DEFAULT gen_random_uuid(), customer_id bigint NOT NULL, seen timestamp(3)) PARTITION BY HASH (id);
CREATE TABLE sessions_0 PARTITION OF sessions FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE sessions_1 PARTITION OF sessions FOR VALUES WITH (MODULUS 2, REMAINDER 1);
ALTER TABLE sessions ADD FOREIGN KEY (customer_id) REFERENCES customers;
CREATE TABLE logins (id int PRIMARY KEY, session_id uuid REFERENCES sessions, also uuid REFERENCES sessions (id) ON DELETE SET NULL);
ALTER TABLE logins ADD CONSTRAINT session_again FOREIGN KEY (session_id) REFERENCES sessions;
