package io.cartage.client;

import io.cartage.events.StockState;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.sql.Types;

/** What is in stock now: `KAFKA_BROKERS=… DATABASE_URL=jdbc:postgresql://… java … io.cartage.client.KeepStock`. */
public final class KeepStock {
  // One that is gone keeps its number, so that nothing older brings it back.
  private static final String KEEP = """
      insert into stock_now (key, available, sequence) values (?, ?, ?)
      on conflict (key) do update set available = excluded.available, sequence = excluded.sequence where stock_now.sequence <= excluded.sequence""";

  public static void main(String[] args) throws Exception {
    try (Connection sql = DriverManager.getConnection(System.getenv("DATABASE_URL"))) {
      try (Statement statement = sql.createStatement()) {
        statement.execute("create table if not exists stock_now (key text primary key, available bigint, sequence bigint not null)");
      }
      StateFollower follower =
          new StateFollower(System.getenv("KAFKA_BROKERS"), "my-stock").on(StockState.class, standing -> keep(standing, sql));
      Thread main = Thread.currentThread();
      Runtime.getRuntime().addShutdownHook(new Thread(() -> {
        follower.stop();
        join(main);
      }));
      follower.follow("stock.state");
    }
  }

  private static void keep(Standing<StockState> standing, Connection sql) throws Exception {
    try (PreparedStatement statement = sql.prepareStatement(KEEP)) {
      statement.setString(1, standing.key());
      if (standing.state() == null) statement.setNull(2, Types.BIGINT);
      else statement.setLong(2, standing.state().getAvailable());
      statement.setLong(3, standing.sequence());
      statement.executeUpdate();
    }
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
