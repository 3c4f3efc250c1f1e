-- +goose Up
ALTER TABLE app.users ADD COLUMN tenant int;
ALTER TABLE public.users ADD COLUMN tenant int REFERENCES app.teams;
ALTER TABLE "Tenant 1".users ADD COLUMN tenant int UNIQUE;
CREATE INDEX users_tenant ON app.users (tenant);
CREATE INDEX users_tenant ON public.users (tenant);
CREATE INDEX ON "Tenant 1".users (tenant);
-- +goose Down
SELECT 1;
