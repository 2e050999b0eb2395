-- wfumig: no transaction

DROP INDEX CONCURRENTLY IF EXISTS {prefix}messages_body;
