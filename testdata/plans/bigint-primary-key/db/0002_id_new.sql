SET lock_timeout = '2s';
ALTER TABLE items ADD COLUMN id_new bigint NOT NULL DEFAULT 0;
CREATE FUNCTION items_id_sync() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  NEW.id_new := NEW.id;
  RETURN NEW;
END $$;
CREATE TRIGGER items_id_sync BEFORE INSERT OR UPDATE ON items
  FOR EACH ROW EXECUTE FUNCTION items_id_sync();
