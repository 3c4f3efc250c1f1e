CREATE TABLE ev (id bigserial PRIMARY KEY, at timestamptz NOT NULL, k text);
CREATE INDEX ev_k ON ev (k);
