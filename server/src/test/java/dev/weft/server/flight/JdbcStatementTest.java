package dev.weft.server.flight;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The stock JDBC driver runs statements. */
@Timeout(120)
class JdbcStatementTest {

  /** Rows for longer than any test waits. */
  private static final long ENDLESS = 1_000_000_000;

  private static final TestServer server = new TestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @BeforeEach
  void forget() {
    server.weft.effects.clear();
  }

  @Test
  void selectGivesTypedRows() throws SQLException {
    try (Connection connection = connect();
        ResultSet rows = connection.createStatement().executeQuery("numbers 5;")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getLong("id")).isZero();
      assertThat(rows.getString("name")).isEqualTo("row 0");
      assertThat(rows.getMetaData().getColumnTypeName(1)).isEqualToIgnoringCase("BIGINT");
      rows.next();
      rows.next();
      rows.next();
      assertThat(rows.getString(2)).isNull();
      assertThat(rows.wasNull()).isTrue();
    }
  }

  @Test
  void aMillionRowsStream() throws SQLException {
    try (Connection connection = connect();
        ResultSet rows = connection.createStatement().executeQuery("numbers 1000000")) {
      rows.next();
      assertThat(server.weft.given.get()).isLessThan(900_000);
      long sum = rows.getLong(1);
      long count = 1;
      while (rows.next()) {
        sum += rows.getLong(1);
        count++;
      }
      assertThat(count).isEqualTo(1_000_000);
      assertThat(sum).isEqualTo(499_999_500_000L);
    }
  }

  @Test
  void preparedStatementTakesTypedParameters() throws SQLException {
    Timestamp at = Timestamp.from(Instant.parse("2001-02-03T04:05:06.789Z"));
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement("typed ?, ?, ?, ?, ?, ?, ?, ?")) {
      statement.setInt(1, 42);
      statement.setLong(2, 1L << 40);
      statement.setDouble(3, 2.5);
      statement.setString(4, "grün");
      statement.setBoolean(5, true);
      statement.setDate(6, Date.valueOf("2001-02-03"));
      statement.setTimestamp(7, at);
      statement.setBigDecimal(8, new BigDecimal("12.34"));
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getInt(1)).isEqualTo(42);
        assertThat(rows.getLong(2)).isEqualTo(1L << 40);
        assertThat(rows.getDouble(3)).isEqualTo(2.5);
        assertThat(rows.getString(4)).isEqualTo("grün");
        assertThat(rows.getBoolean(5)).isTrue();
        assertThat(rows.getBigDecimal(8)).isEqualByComparingTo("12.34");
      }
      assertThat(server.weft.parameters)
          .containsExactly(
              42,
              1L << 40,
              2.5,
              "grün",
              true,
              LocalDate.of(2001, 2, 3),
              at.toLocalDateTime(),
              new BigDecimal("12.34"));
    }
  }

  @Test
  void nullsAreParametersAndStatementsRunAgain() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement("typed ?, ?, ?, ?, ?, ?, ?, ?")) {
      for (int i = 1; i <= 8; i++) {
        statement.setNull(i, Types.NULL);
      }
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getObject(4)).isNull();
      }
      assertThat(server.weft.parameters).isEqualTo(Arrays.asList(new Object[8]));
      statement.setString(4, "again");
      try (ResultSet rows = statement.executeQuery()) {
        rows.next();
        assertThat(rows.getString(4)).isEqualTo("again");
      }
    }
  }

  @Test
  void parametersWithoutValuesAreAnError() throws SQLException {
    try (Connection connection = connect();
        PreparedStatement statement = connection.prepareStatement("typed ?, ?, ?, ?, ?, ?, ?, ?")) {
      assertThatThrownBy(statement::executeQuery).isInstanceOf(SQLException.class);
    }
  }

  @Test
  void updatesRunOnceOnEveryPath() throws SQLException {
    try (Connection connection = connect()) {
      try (Statement statement = connection.createStatement()) {
        assertThat(statement.execute("create a")).isFalse();
        statement.executeUpdate("create b");
      }
      try (PreparedStatement prepared = connection.prepareStatement("create c")) {
        prepared.execute();
      }
      try (PreparedStatement prepared = connection.prepareStatement("create d")) {
        prepared.executeUpdate();
      }
    }
    assertThat(server.weft.effects).containsExactly("create a", "create b", "create c", "create d");
  }

  @Test
  void trainRunsOnceAndGivesItsReport() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThat(statement.execute("train slowly")).isTrue();
      ResultSet report = statement.getResultSet();
      report.next();
      assertThat(report.getString("model")).isEqualTo("m");
    }
    assertThat(server.weft.effects).containsExactly("train slowly");
  }

  @Test
  void errorsSayWhereAndHaveNoStack() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("select from wrong"))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining(
              "<statement>:1:13: error TABLE_NOT_FOUND: there is no table 'wröng'")
          .hasMessageContaining("^")
          .hasMessageNotContaining("at dev.weft");
      assertThatThrownBy(
              () -> {
                try (ResultSet rows = statement.executeQuery("breaks")) {
                  rows.next();
                }
              })
          .hasStackTraceContaining("it broke while it ran");
      try (ResultSet rows = statement.executeQuery("numbers 1")) {
        assertThat(rows.next()).isTrue();
      }
    }
  }

  @Test
  void whatNoOneExpectedDoesNotLeaveTheClientWaiting() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      assertThatThrownBy(() -> statement.executeQuery("dies").next())
          .hasStackTraceContaining("INTERNAL")
          .hasStackTraceContaining("too deep");
    }
  }

  @Test
  void cancelWhileRowsStreamStopsTheWork() throws Exception {
    int before = server.weft.ended.get();
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      ResultSet rows = statement.executeQuery("slow " + ENDLESS);
      rows.next();
      statement.cancel();
      // The rows would go on for days; whether the cancel met the work or the wait between two
      // batches, they are closed.
      while (server.weft.ended.get() == before) {
        Thread.sleep(10);
      }
      try (ResultSet more = connection.createStatement().executeQuery("numbers 2")) {
        assertThat(more.next()).isTrue();
      }
    }
  }

  @Test
  void aSecondQueryRunsWhileTheFirstIsHalfRead() throws SQLException {
    try (Connection connection = connect();
        ResultSet outer = connection.createStatement().executeQuery("numbers 100000")) {
      outer.next();
      try (ResultSet inner = connection.createStatement().executeQuery("numbers 3")) {
        assertThat(inner.next()).isTrue();
      }
      assertThat(outer.next()).isTrue();
    }
  }

  @Test
  void eachConnectionHasASessionOfItsOwn() throws SQLException {
    int before = server.weft.opened.get();
    try (Connection first = connect();
        Connection second = connect()) {
      for (Connection connection : new Connection[] {first, second, first, second}) {
        try (ResultSet rows = connection.createStatement().executeQuery("numbers 1")) {
          rows.next();
        }
      }
    }
    assertThat(server.weft.opened.get() - before).isEqualTo(2);
  }

  @Test
  void aWrongTokenIsRefused() {
    String url = server.url().replaceAll("token=.*", "token=wrong");
    assertThatThrownBy(
            () -> {
              try (Connection connection = DriverManager.getConnection(url)) {
                connection.createStatement().executeQuery("numbers 1");
              }
            })
        .isInstanceOf(SQLException.class)
        .hasStackTraceContaining("the token is wrong");
  }

  @Test
  void userAndPasswordWorkToo() throws SQLException {
    String url = server.url().replaceAll("&token=.*", "");
    try (Connection connection = DriverManager.getConnection(url, "weft", server.token());
        ResultSet rows = connection.createStatement().executeQuery("numbers 1")) {
      assertThat(rows.next()).isTrue();
    }
  }

  private static Connection connect() throws SQLException {
    return DriverManager.getConnection(server.url());
  }
}
