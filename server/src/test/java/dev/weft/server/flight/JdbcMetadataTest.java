package dev.weft.server.flight;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The metadata calls that JDBC tools make first. */
@Timeout(60)
class JdbcMetadataTest {

  private static final TestServer server = new TestServer();

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void catalogsSchemasAndTableTypesAnswer() throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url())) {
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(column(meta.getCatalogs(), "TABLE_CAT")).containsExactly("spark_catalog");
      assertThat(column(meta.getSchemas(), "TABLE_SCHEM")).containsExactly("default");
      assertThat(column(meta.getTableTypes(), "TABLE_TYPE")).containsExactly("TABLE");
    }
  }

  @Test
  void tablesAreFoundByPattern() throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url())) {
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(column(meta.getTables(null, null, null, null), "TABLE_NAME"))
          .containsExactly("other_things", "trips");
      assertThat(column(meta.getTables("spark_catalog", "def%", "tr_ps", null), "TABLE_NAME"))
          .containsExactly("trips");
      assertThat(column(meta.getTables(null, null, "other\\_things", new String[] {"TABLE"}), 3))
          .containsExactly("other_things");
      assertThat(column(meta.getTables(null, null, "%", new String[] {"VIEW"}), 3)).isEmpty();
      assertThat(column(meta.getTables("elsewhere", null, "%", null), 3)).isEmpty();
    }
  }

  @Test
  void columnsHaveTypesAndNullability() throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url());
        ResultSet columns = connection.getMetaData().getColumns(null, null, "trips", "%")) {
      columns.next();
      assertThat(columns.getString("COLUMN_NAME")).isEqualTo("id");
      assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.BIGINT);
      assertThat(columns.getString("TYPE_NAME")).isEqualTo("BIGINT");
      assertThat(columns.getInt("NULLABLE")).isEqualTo(DatabaseMetaData.columnNoNulls);
      columns.next();
      assertThat(columns.getString("COLUMN_NAME")).isEqualTo("fare");
      assertThat(columns.getInt("DATA_TYPE")).isEqualTo(Types.DECIMAL);
      assertThat(columns.getInt("COLUMN_SIZE")).isEqualTo(10);
      assertThat(columns.getInt("DECIMAL_DIGITS")).isEqualTo(2);
      assertThat(columns.next()).isFalse();
    }
  }

  @Test
  void keysAndTypesAnswerWithoutError() throws SQLException {
    try (Connection connection = DriverManager.getConnection(server.url())) {
      DatabaseMetaData meta = connection.getMetaData();
      assertThat(column(meta.getPrimaryKeys(null, null, "trips"), 4)).isEmpty();
      assertThat(column(meta.getImportedKeys(null, null, "trips"), 4)).isEmpty();
      assertThat(column(meta.getExportedKeys(null, null, "trips"), 4)).isEmpty();
      assertThat(column(meta.getCrossReference(null, null, "trips", null, null, "x"), 4)).isEmpty();
      meta.getTypeInfo().close();
    }
  }

  @Test
  void everyQuestionWithoutArgumentsHasAnAnswer() throws Exception {
    List<String> failed = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection(server.url())) {
      DatabaseMetaData meta = connection.getMetaData();
      for (Method method : DatabaseMetaData.class.getMethods()) {
        if (method.getParameterCount() == 0) {
          try {
            if (method.invoke(meta) instanceof ResultSet rows) {
              rows.close();
            }
          } catch (InvocationTargetException failure) {
            failed.add(method.getName() + ": " + failure.getCause());
          }
        }
      }
      assertThat(meta.getDatabaseProductName()).isEqualTo("Weft");
      assertThat(meta.getIdentifierQuoteString()).isEqualTo("`");
      assertThat(meta.supportsTransactions()).isFalse();
      assertThat(meta.supportsUnion()).isTrue();
      assertThat(meta.supportsResultSetConcurrency(1003, 1007)).isTrue();
      assertThat(meta.supportsConvert()).isFalse();
      assertThat(meta.getSQLKeywords()).containsIgnoringCase("PREDICT");
    }
    assertThat(failed).isEmpty();
  }

  private static List<String> column(ResultSet rows, Object column) throws SQLException {
    List<String> values = new ArrayList<>();
    try (rows) {
      while (rows.next()) {
        values.add(
            column instanceof Integer number
                ? rows.getString(number)
                : rows.getString((String) column));
      }
    }
    return values;
  }
}
