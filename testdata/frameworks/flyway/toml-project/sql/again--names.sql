CREATE OR REPLACE VIEW names AS SELECT id, nickname FROM users;
