SET lock_timeout = '2s';
ALTER TABLE orders ADD COLUMN amount_new bigint;
CREATE FUNCTION orders_amount_sync() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.amount_new := NEW.amount;
  RETURN NEW;
END $$;
CREATE TRIGGER orders_amount_sync BEFORE INSERT OR UPDATE ON orders
  FOR EACH ROW EXECUTE FUNCTION orders_amount_sync();
