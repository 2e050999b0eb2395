DROP VIEW IF EXISTS {prefix}conversation_stats;
DROP VIEW IF EXISTS {prefix}open_conversations;
