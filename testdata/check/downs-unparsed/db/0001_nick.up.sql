ALTER TABLE users ADD COLUMN nick text;
${more_changes};
