GRANT SELECT ON totals TO {{.reader}};
