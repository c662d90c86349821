package io.cartage.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Follows Kafka's compacted topics: gives each handler what is now, from the beginning, and then what changes. A record may come again after a crash. */
public final class StateFollower extends Follower {
  /** What is done about what is now under a key. */
  @FunctionalInterface
  public interface Handler<State> {
    void handle(Standing<State> standing) throws Exception;
  }

  private record Typed<State>(Class<State> type, Handler<State> handler) {
    void handle(ObjectMapper mapper, ConsumerRecord<String, byte[]> record) throws Exception {
      State state = record.value() == null ? null : read(mapper, record.value());
      String key = Records.header(record, "ce_partitionkey");
      long sequence = Long.parseLong(Records.header(record, "ce_sequence"));
      handler.handle(new Standing<>(key, state, sequence, Instant.parse(Records.header(record, "ce_time"))));
    }

    private State read(ObjectMapper mapper, byte[] value) throws IOException {
      return mapper.readValue(value, type);
    }
  }

  private final ObjectMapper mapper = Records.mapper();
  private final Map<String, Typed<?>> handlers = new HashMap<>();

  public StateFollower(String brokers, String group) {
    super(brokers, group);
  }

  /** Takes version 1 of states by this name. */
  public <State> StateFollower on(Class<State> type, Handler<State> handler) {
    handlers.put(type.getSimpleName(), new Typed<>(type, handler));
    return this;
  }

  @Override
  void take(ConsumerRecord<String, byte[]> record) throws Exception {
    Typed<?> typed = handlers.get(Records.header(record, "ce_type"));
    if (typed == null) return;
    String schema = Records.header(record, "ce_dataschema");
    if (!schema.endsWith(":1")) throw new IllegalArgumentException(schema + " is not known here: make the classes anew.");
    typed.handle(mapper, record);
  }
}
