CREATE INDEX CONCURRENTLY "User_nickname_idx" ON "User" ("nickname");
CREATE INDEX CONCURRENTLY "User_both_idx" ON "User" ("email", "nickname");
