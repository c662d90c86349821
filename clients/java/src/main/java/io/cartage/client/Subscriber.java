package io.cartage.client;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;

/** Follows topics and proves that it missed nothing and doubled nothing; where an event is missing it stops and says which. */
public final class Subscriber extends Follower {
  /** What is done about an event; writes by the connection that it is given. */
  @FunctionalInterface
  public interface Handler<Data> {
    void handle(Data data, Connection sql) throws Exception;
  }

  private record Typed<Data>(Class<Data> type, Handler<Data> handler) {
    void handle(ObjectMapper mapper, byte[] value, Connection sql) throws Exception {
      handler.handle(mapper.readValue(value, type), sql);
    }
  }

  private final ObjectMapper mapper = Records.mapper();
  private final Map<String, Typed<?>> handlers = new HashMap<>();
  private final PostgresInbox inbox;
  private final String group;

  public Subscriber(String brokers, String group, PostgresInbox inbox) {
    super(brokers, group);
    this.inbox = inbox;
    this.group = group;
  }

  /** Takes version 1 of events by this name. */
  public <Data> Subscriber on(Class<Data> type, Handler<Data> handler) {
    handlers.put(type.getSimpleName() + ":1", new Typed<>(type, handler));
    return this;
  }

  @Override
  void take(ConsumerRecord<String, byte[]> record) throws Exception {
    String version = Records.header(record, "ce_dataschema");
    version = version.substring(version.lastIndexOf(':') + 1);
    // Of an event in several versions the first is taken here, and counted once.
    Header versions = record.headers().lastHeader("ce_versions");
    if (versions != null && !version.equals("1")) return;
    Typed<?> typed = handlers.get(Records.header(record, "ce_type") + ":" + version);
    long sequence = Long.parseLong(Records.header(record, "ce_sequence"));
    inbox.take(group, record.topic(), Records.header(record, "ce_subject"), sequence, sql -> {
      if (typed != null) typed.handle(mapper, record.value(), sql);
    });
  }
}
