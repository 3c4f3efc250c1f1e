-- lockstep:ignore index-without-concurrently because it is only an example
CREATE INDEX one_idx ON :schema.users (a);
CREATE INDEX two_idx ON :"schema".users (b);
