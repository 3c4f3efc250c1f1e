SET lock_timeout = '2s';--> statement-breakpoint
ALTER TABLE "users" ADD COLUMN "nickname" text;--> statement-breakpoint
CREATE TABLE "teams" ("id" bigint PRIMARY KEY, "name" text);
