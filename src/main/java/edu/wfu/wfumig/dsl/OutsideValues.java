package edu.wfu.wfumig.dsl;

import java.util.Map;

/** The values that a plan may take from outside. */
public record OutsideValues(Map<String, String> environment, Map<String, String> params) {}
