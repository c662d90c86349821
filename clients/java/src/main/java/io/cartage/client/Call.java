package io.cartage.client;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One request. */
public final class Call {
  final String method;
  final Map<String, String> headers = new LinkedHashMap<>();
  Object body;
  private final String path;
  private final List<String> pairs = new ArrayList<>();

  private Call(String method, String path) {
    this.method = method;
    this.path = path;
  }

  public static Call of(String method, String path) {
    return new Call(method, path);
  }

  /** As it stands in a path or behind it. */
  public static String part(Object value) {
    return URLEncoder.encode(String.valueOf(value), StandardCharsets.UTF_8).replace("+", "%20");
  }

  public Call body(Object model) {
    body = model;
    headers.put("content-type", "application/json");
    return this;
  }

  public Call file(byte[] bytes, String contentType) {
    body = bytes;
    headers.put("content-type", contentType);
    return this;
  }

  public Call query(Query query) {
    query.writeTo(pairs);
    return this;
  }

  public Call preview() {
    pairs.add("preview=true");
    return this;
  }

  public Call idempotencyKey(String key) {
    headers.put("idempotency-key", key);
    return this;
  }

  public Call ifMatch(String etag) {
    headers.put("if-match", etag);
    return this;
  }

  boolean mayBeRepeated() {
    return method.equals("GET") || headers.containsKey("idempotency-key");
  }

  String target() {
    return pairs.isEmpty() ? path : path + "?" + String.join("&", pairs);
  }
}
