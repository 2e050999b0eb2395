DROP TABLE IF EXISTS {prefix}conversation_tags;
DROP TABLE IF EXISTS {prefix}tags;
