package io.cartage.client;

/** Events between the last one that was taken and the one that came. Whatever came after them was not taken. */
public final class EventsMissing extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final long first;
  private final long last;

  public EventsMissing(String topic, String subject, long first, long last) {
    super("%s, %s: %s missing; %d came.".formatted(topic, subject, first == last ? "event " + first + " is" : "events " + first + " to " + last + " are", last + 1));
    this.first = first;
    this.last = last;
  }

  public long first() {
    return first;
  }

  public long last() {
    return last;
  }
}
