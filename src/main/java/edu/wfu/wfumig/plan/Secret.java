package edu.wfu.wfumig.plan;

/** A reference to a secret. Its value is looked up only when a connection is opened. */
public record Secret(String name) {}
