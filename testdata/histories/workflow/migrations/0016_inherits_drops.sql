ALTER TABLE task_item NO INHERIT base_item;
ALTER TABLE base_item DROP CONSTRAINT base_item_title_check;
CREATE TABLE sub_item () INHERITS (base_item, task_item);
DROP TABLE base_item CASCADE;
