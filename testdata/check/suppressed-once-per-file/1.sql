-- lockstep:ignore lock-without-timeout because nobody uses it yet
TRUNCATE users; -- lockstep:ignore truncate because it is a cache
TRUNCATE orders; -- lockstep:ignore truncate because it is a cache
TRUNCATE parts; -- lockstep:ignore truncate, lock-without-timeout because it is a cache
