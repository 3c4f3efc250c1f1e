CREATE VIEW code.balances AS SELECT id, balance FROM accounts;
