package io.cartage.client;

import java.time.Duration;
import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.errors.WakeupException;

/** Takes the records of topics, one after the other, from the beginning. */
abstract class Follower {
  private final KafkaConsumer<String, byte[]> consumer;

  Follower(String brokers, String group) {
    this.consumer = Records.consumer(brokers, group);
  }

  abstract void take(ConsumerRecord<String, byte[]> record) throws Exception;

  /** Until it is stopped. Offsets are committed only behind what was taken. */
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
}
