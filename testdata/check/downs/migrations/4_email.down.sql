DROP INDEX users_mail;
DROP INDEX users_mail;
