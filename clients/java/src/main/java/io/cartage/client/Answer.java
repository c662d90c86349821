package io.cartage.client;

/**
 * What came of a command or a question.
 *
 * @param etag the version that the answer shows: the `ifMatch` of what is only to be done as long as nothing else has happened
 * @param position where the log stands after it: the `minPosition` of a question that must see it
 * @param repeated the same request had been done before, and nothing changed
 */
public record Answer<Data>(Data data, int status, String etag, String position, boolean repeated) {
  /** The version that the answer shows, by which `asOf` shows the thing as it stood then. */
  public String version() {
    if (etag == null) throw new IllegalStateException("This answer shows no version.");
    return etag.replace("\"", "");
  }
}
