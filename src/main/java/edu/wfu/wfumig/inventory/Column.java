package edu.wfu.wfumig.inventory;

/**
 * A column.
 *
 * @param type the data type without length, in lower case: {@code varchar}, {@code longtext}, {@code bit}
 * @param charset of a text column, otherwise empty
 * @param collation of a text column, otherwise empty
 * @param generated whether the server computes it
 */
public record Column(String name, String type, String charset, String collation, boolean generated) {
    /** Text that a rewrite may touch: not ENUM, SET or anything binary. */
    public boolean text() {
        return switch (type) {
            case "char", "varchar", "tinytext", "text", "mediumtext", "longtext", "json" -> true;
            case "bpchar", "name", "citext", "jsonb" -> true; // PostgreSQL's names
            default -> false;
        };
    }
}
