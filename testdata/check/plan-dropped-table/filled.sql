SELECT count(*) = 0 FROM drafts d LEFT JOIN posts p ON p.id = d.id WHERE p.id IS NULL;
