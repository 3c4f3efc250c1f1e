CREATE TABLE aa (id serial PRIMARY KEY);
CREATE TABLE bb (id serial PRIMARY KEY, a_id int REFERENCES aa, UNIQUE (a_id));
CREATE TABLE cc (id serial PRIMARY KEY, b_id int REFERENCES bb (a_id), UNIQUE (id, b_id));
CREATE TABLE dd (id int, b int, FOREIGN KEY (id, b) REFERENCES cc (id, b_id));
DROP TABLE bb, cc CASCADE;
DROP TABLE aa;
