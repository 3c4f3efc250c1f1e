CREATE TABLE events (id bigint PRIMARY KEY, person bigint, body text);
CREATE TABLE archive (id bigint PRIMARY KEY, body text);
CREATE TABLE counts (person bigint PRIMARY KEY, events bigint);
