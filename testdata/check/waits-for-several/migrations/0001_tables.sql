CREATE TABLE "User" (id bigint PRIMARY KEY);
CREATE TABLE plans (id bigint PRIMARY KEY);
CREATE TABLE "Vote" (
  id bigint PRIMARY KEY,
  "userId" bigint REFERENCES "User",
  plan_id bigint REFERENCES plans
);
CREATE TABLE notes (id bigint PRIMARY KEY, "userId" bigint REFERENCES "User");
