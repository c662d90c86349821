package io.cartage.client;

/** What is wrong with one field: its path, such as `lines[2].quantity`, or the name of a parameter. */
public record FieldFault(String field, String code, String message) {}
