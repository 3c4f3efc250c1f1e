CREATE TABLE totals (id bigint PRIMARY KEY);
