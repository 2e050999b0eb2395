ALTER TABLE {prefix}messages ADD FULLTEXT KEY body (body);
