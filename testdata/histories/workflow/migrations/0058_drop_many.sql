DROP TABLE IF EXISTS files, fast, nothing_in_it, nowhere;
DROP TABLE selected, into_it;
DROP TYPE IF EXISTS no_type, shell;
DROP VIEW IF EXISTS all_runs;
DROP INDEX IF EXISTS built_rebuilt, nothing_here;
