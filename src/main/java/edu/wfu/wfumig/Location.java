package edu.wfu.wfumig;

/** A place in a plan file. Lines and columns count from 1; 0 means that they are not known. */
public record Location(String file, int line, int column) {
    public Location(String file, int line) {
        this(file, line, 0);
    }

    @Override
    public String toString() {
        return file + (line > 0 ? ":" + line : "") + (column > 0 ? ":" + column : "");
    }
}
