ALTER TABLE {prefix}messages DROP KEY body;
