CREATE VIEW totals AS SELECT sum(balance) AS total FROM accounts;
