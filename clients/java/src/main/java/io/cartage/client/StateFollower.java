package io.cartage.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;

/** Follows Kafka's compacted topics: gives each handler what is now, from the beginning, and then what changes. A record may come again after a crash. */
public final class StateFollower {
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
  private final KafkaConsumer<String, byte[]> consumer;

  public StateFollower(String brokers, String group) {
    this.consumer = Records.consumer(brokers, group);
  }

  /** Takes version 1 of states by this name. */
  public <State> StateFollower on(Class<State> type, Handler<State> handler) {
    handlers.put(type.getSimpleName(), new Typed<>(type, handler));
    return this;
  }

  /** Until it is stopped. Offsets are committed only behind what was handled. */
  public void follow(String... topics) throws Exception {
    try (consumer) {
      consumer.subscribe(List.of(topics));
      while (true) {
        for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofSeconds(1))) take(record);
        consumer.commitSync();
      }
    } catch (WakeupException stopped) {
      return;
    }
  }

  /** From any thread. */
  public void stop() {
    consumer.wakeup();
  }

  private void take(ConsumerRecord<String, byte[]> record) throws Exception {
    Typed<?> typed = handlers.get(Records.header(record, "ce_type"));
    if (typed == null) return;
    String schema = Records.header(record, "ce_dataschema");
    if (!schema.endsWith(":1")) throw new IllegalArgumentException(schema + " is not known here: make the classes anew.");
    typed.handle(mapper, record);
  }
}
