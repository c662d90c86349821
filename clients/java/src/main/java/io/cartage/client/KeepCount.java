package io.cartage.client;

import io.cartage.events.OrderPlaced;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;

/** What was sold, each order once: `KAFKA_BROKERS=… DATABASE_URL=jdbc:postgresql://… java … io.cartage.client.KeepCount`. */
public final class KeepCount {
  public static void main(String[] args) throws Exception {
    try (Connection sql = DriverManager.getConnection(System.getenv("DATABASE_URL"))) {
      try (Statement statement = sql.createStatement()) {
        statement.execute("create table if not exists sold (order_id uuid primary key, lines int not null)");
      }
      PostgresInbox inbox = new PostgresInbox(sql);
      inbox.create();
      Subscriber subscriber = new Subscriber(System.getenv("KAFKA_BROKERS"), "my-shop", inbox).on(OrderPlaced.class, KeepCount::sold);
      Thread main = Thread.currentThread();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> {
        subscriber.stop();
        join(main);
      }));
      subscriber.follow("order.events");
    } catch (EventsMissing missing) {
      System.err.println(missing.getMessage());
      Runtime.getRuntime().halt(1);
    }
  }

  private static void sold(OrderPlaced placed, Connection sql) throws Exception {
    try (PreparedStatement statement = sql.prepareStatement("insert into sold (order_id, lines) values (?, ?)")) {
      statement.setObject(1, placed.getOrderId());
      statement.setInt(2, placed.getLines().size());
      statement.executeUpdate();
    }
    System.out.println("sold " + placed.getOrderId());
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
