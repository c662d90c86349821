package io.cartage.client;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Where a subscriber keeps the number of the last event that it took of each subject: in the database where its own data is, so that what a handler writes and the
 * number are there both or neither.
 */
public final class PostgresInbox {
  private static final String CREATE = """
      create table if not exists cartage_inbox (
        subscriber text not null, topic text not null, subject text not null, sequence bigint not null,
        taken_at timestamptz not null default now(), primary key (subscriber, topic, subject))""";
  // A row that is there already is locked by it, too: of one subject one at a time.
  private static final String LAST = """
      insert into cartage_inbox as inbox (subscriber, topic, subject, sequence) values (?, ?, ?, 0)
      on conflict (subscriber, topic, subject) do update set sequence = inbox.sequence returning sequence""";
  private static final String REMEMBER = """
      update cartage_inbox set sequence = ?, taken_at = now() where subscriber = ? and topic = ? and subject = ?""";

  /** Writes by the connection that it is given, in the transaction of the inbox. */
  @FunctionalInterface
  public interface Work {
    void run(Connection sql) throws Exception;
  }

  private final Connection sql;

  public PostgresInbox(Connection sql) throws SQLException {
    this.sql = sql;
    sql.setAutoCommit(false);
  }

  /** Makes the table, if it is not there yet. */
  public void create() throws SQLException {
    try (PreparedStatement statement = sql.prepareStatement(CREATE)) {
      statement.execute();
    }
    sql.commit();
  }

  /** Whether it was the next event of its subject, and was handled. One that was taken before is passed over; throws EventsMissing where one is missing before it. */
  public boolean take(String subscriber, String topic, String subject, long sequence, Work work) throws Exception {
    try {
      long last = lastOf(subscriber, topic, subject);
      if (sequence > last + 1) throw new EventsMissing(topic, subject, last + 1, sequence - 1);
      boolean isNext = sequence == last + 1;
      if (isNext) {
        work.run(sql);
        remember(subscriber, topic, subject, sequence);
      }
      sql.commit();
      return isNext;
    } catch (Exception failed) {
      sql.rollback();
      throw failed;
    }
  }

  private long lastOf(String subscriber, String topic, String subject) throws SQLException {
    try (PreparedStatement statement = sql.prepareStatement(LAST)) {
      statement.setString(1, subscriber);
      statement.setString(2, topic);
      statement.setString(3, subject);
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        return rows.getLong(1);
      }
    }
  }

  private void remember(String subscriber, String topic, String subject, long sequence) throws SQLException {
    try (PreparedStatement statement = sql.prepareStatement(REMEMBER)) {
      statement.setLong(1, sequence);
      statement.setString(2, subscriber);
      statement.setString(3, topic);
      statement.setString(4, subject);
      statement.executeUpdate();
    }
  }
}
