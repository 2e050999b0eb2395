package edu.wfu.wfumig.database;

/**
 * What a run asks of a server, beside privileges.
 *
 * @param side as people call it: {@code source}, {@code target}, {@code staging}
 * @param part whether it is only read
 * @param connections how many are open at a time, at most
 * @param tables how many tables change places
 * @param keyless whether tables without a primary key are made
 * @param triggers whether triggers are made
 * @param capitals whether names of tables have capital letters
 * @param bytes how much room new tables take, by the source's estimate; 0 for none
 * @param packet the longest value that may come, in bytes; 0 where nothing comes
 * @param page the size of the source's pages, which bounds keys and rows; 0 where nothing comes
 */
public record Needs(
        String side,
        Catalogue.Part part,
        int connections,
        int tables,
        boolean keyless,
        boolean triggers,
        boolean capitals,
        long bytes,
        long packet,
        long page) {}
