ALTER TABLE users DROP height;
