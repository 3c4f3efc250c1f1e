-- lockstep:ignore truncate because the table is a cache
TRUNCATE users;
-- lockstep:ignore data because the table is a cache
SELECT 1;
