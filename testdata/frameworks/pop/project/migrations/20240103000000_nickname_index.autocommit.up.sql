CREATE INDEX CONCURRENTLY users_nickname_idx ON {{ index .Options "Namespace" }}.users (nickname);
