SET lock_timeout = '2s';
CREATE FUNCTION users_to_contacts() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.email IS DISTINCT FROM OLD.email THEN
    INSERT INTO contacts (user_id, email) VALUES (NEW.id, NEW.email)
      ON CONFLICT (user_id) DO UPDATE SET email = EXCLUDED.email
      WHERE contacts.email IS DISTINCT FROM EXCLUDED.email;
  END IF;
  RETURN NULL;
END $$;
CREATE FUNCTION contacts_to_users() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  UPDATE users SET email = NEW.email WHERE id = NEW.user_id AND email IS DISTINCT FROM NEW.email;
  RETURN NULL;
END $$;
CREATE TRIGGER users_to_contacts AFTER INSERT OR UPDATE ON users
  FOR EACH ROW EXECUTE FUNCTION users_to_contacts();
CREATE TRIGGER contacts_to_users AFTER UPDATE ON contacts
  FOR EACH ROW EXECUTE FUNCTION contacts_to_users();
