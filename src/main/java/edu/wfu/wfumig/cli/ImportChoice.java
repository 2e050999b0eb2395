package edu.wfu.wfumig.cli;

import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Which file is imported, and what of it. */
final class ImportChoice {
    @Parameters(paramLabel = "FILE", description = "A dump as text; packed with gzip or zstd or not.")
    private Path file = Path.of("");

    @Option(
            names = "--site",
            split = ",",
            paramLabel = "SITE",
            description = "Only these sites (default: those that the file has tables of).")
    private List<Long> sites = List.of();

    @Option(
            names = "--tables",
            split = ",",
            paramLabel = "GLOB",
            description = "Tables of the file, whatever they belong to, instead of sites.")
    private List<String> tables = List.of();

    @Option(names = "--no-end-marker", description = "The file does not say at its end that it is whole.")
    private boolean noEndMarker;

    Path file() {
        return file;
    }

    List<Long> sites() {
        return sites;
    }

    List<String> tables() {
        return tables;
    }

    boolean noEndMarker() {
        return noEndMarker;
    }
}
