ALTER TABLE users ADD COLUMN nickname text;
COMMENT ON TABLE users IS 'owned by ${owner}';
GRANT SELECT ON users TO ${reader};
