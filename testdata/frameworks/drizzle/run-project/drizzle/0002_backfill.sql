UPDATE "users" SET "nickname" = "email" WHERE "nickname" IS NULL;--> statement-breakpoint
CREATE INDEX "teams_name_idx" ON "teams" ("name");--> statement-breakpoint
CREATE INDEX CONCURRENTLY "users_email_idx" ON "users" ("email");
