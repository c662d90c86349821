package io.cartage.client;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What stands behind the path of a request. */
public abstract class Query {
  private final Map<String, Object> values = new LinkedHashMap<>();

  protected void put(String name, Object value) {
    values.put(name, value);
  }

  /** Each value of a list is named again. */
  void writeTo(List<String> pairs) {
    values.forEach((name, value) -> {
      if (value instanceof List<?> list) list.forEach(each -> pairs.add(name + "=" + Call.part(each)));
      else pairs.add(name + "=" + Call.part(value));
    });
  }
}
