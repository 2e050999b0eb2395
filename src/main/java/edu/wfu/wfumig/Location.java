package edu.wfu.wfumig;

/** A place in a plan file. Lines count from 1; 0 means the file as a whole. */
public record Location(String file, int line) {
    @Override
    public String toString() {
        return line > 0 ? file + ":" + line : file;
    }
}
