package edu.wfu.wfumig.dsl;

import java.util.Set;

/** What a plan may ask of texts, numbers and lists: methods that compute, and reach nothing. */
final class AllowList {
    /** Types whose methods of the names below are harmless. */
    private static final Set<String> RECEIVERS = Set.of(
            "java.lang.Object",
            "java.lang.String",
            "java.lang.CharSequence",
            "groovy.lang.GString",
            "java.lang.Number",
            "java.lang.Integer",
            "java.lang.Long",
            "java.lang.Double",
            "java.lang.Boolean",
            "java.lang.Character",
            "java.math.BigDecimal",
            "java.math.BigInteger",
            "java.lang.Comparable",
            "java.lang.Iterable",
            "java.util.Collection",
            "java.util.List",
            "java.util.ArrayList",
            "java.util.Map",
            "java.util.Map$Entry",
            "java.util.LinkedHashMap",
            "java.util.Set",
            "groovy.lang.Range",
            "groovy.lang.IntRange",
            "groovy.lang.Closure",
            "java.util.Iterator",
            "int",
            "long",
            "double",
            "boolean");

    private static final Set<String> METHODS = Set.of(
            "each",
            "eachWithIndex",
            "collect",
            "collectMany",
            "findAll",
            "find",
            "any",
            "every",
            "contains",
            "containsKey",
            "startsWith",
            "endsWith",
            "toLowerCase",
            "toUpperCase",
            "trim",
            "replace",
            "size",
            "length",
            "isEmpty",
            "plus",
            "minus",
            "div",
            "mod",
            "remainder",
            "intdiv",
            "compareTo",
            "equals",
            "getAt",
            "get",
            "join",
            "toString",
            "toInteger",
            "toLong",
            "first",
            "last",
            "sort",
            "unique",
            "reverse",
            "sum",
            "min",
            "max",
            "isCase",
            "asBoolean",
            "next",
            "previous",
            "negative",
            "unaryMinus",
            "unaryPlus",
            "getKey",
            "getValue",
            "leftShift",
            "call",
            "split",
            "tokenize",
            "intValue",
            "iterator",
            "hasNext",
            "asType");

    private AllowList() {}

    static boolean allows(String type, String method) {
        return RECEIVERS.contains(type) && METHODS.contains(method)
                || isNumber(type) && Set.of("multiply", "power", "times").contains(method)
                || type.equals("java.lang.Integer") && method.startsWith("get");
    }

    private static boolean isNumber(String type) {
        return type.equals("java.lang.Number")
                || type.equals("java.lang.Integer")
                || type.equals("java.lang.Long")
                || type.equals("java.math.BigDecimal");
    }
}
