DROP TABLE IF EXISTS {prefix}attachments;
DROP TABLE IF EXISTS {prefix}participants;
DROP TABLE IF EXISTS {prefix}messages;
DROP TABLE IF EXISTS {prefix}conversations;
