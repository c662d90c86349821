package io.cartage.client;

/** Nothing that Cartage would say came back: whether it was done is not known. Sent again under the same key it is done once. */
public final class NoAnswer extends RuntimeException {
  NoAnswer(String message, Throwable cause) {
    super(message, cause);
  }
}
