CREATE INDEX CONCURRENTLY kept_idx ON public.accounts (id);
