-- atlas:delimiter --end

ALTER TABLE users ADD COLUMN nickname text
--end
CREATE VIEW names AS SELECT nickname FROM users
--end
