ALTER TABLE "orders" ADD COLUMN "note" text;--> statement-breakpoint
COMMIT;--> statement-breakpoint
CREATE INDEX CONCURRENTLY "orders_user_id_idx" ON "orders" ("user_id");
