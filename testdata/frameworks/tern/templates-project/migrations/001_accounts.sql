CREATE TABLE accounts (
    id bigint PRIMARY KEY,
    balance numeric NOT NULL
);

---- create above / drop below ----

DROP TABLE accounts;
