/* lockstep:ignore-file lock-without-timeout because the deploy job sets it */

-- lockstep:ignore index-without-concurrently because orders has twelve rows
CREATE INDEX orders_total_idx ON orders (total);

-- lockstep:ignore mixed-change because both are deployed at once

-- nick was a nickname
ALTER TABLE users
    ADD COLUMN plan text,
    -- lockstep:ignore drop-column because no code has read it since May
    DROP COLUMN nick;

CREATE INDEX users_email_idx ON users (email); -- lockstep:ignore locks because there are few users
CREATE INDEX users_age_idx ON users (age);

-- lockstep:ignore update-without-where because orders has twelve rows
-- (the rule that it stands for, unbatched-update, must not come up in its place)
UPDATE orders SET total = 0;

DO $$
BEGIN
    -- lockstep:ignore truncate because it is filled again at once
    TRUNCATE orders;
    TRUNCATE users;
END $$;

-- lockstep:ignore unparsed-statement because the loader replaces it
SELEKT 1;
