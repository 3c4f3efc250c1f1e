CREATE TABLE plans (name text);
