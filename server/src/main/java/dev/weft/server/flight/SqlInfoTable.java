package dev.weft.server.flight;

import dev.weft.grammar.Keywords;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.arrow.flight.sql.FlightSqlProducer.Schemas;
import org.apache.arrow.flight.sql.impl.FlightSql.SqlInfo;

/**
 * What the server says of itself and its SQL. Every code has a value: clients that miss one fail.
 */
final class SqlInfoTable {

  private static final Map<Integer, Object> VALUES = new TreeMap<>();

  /** SQL_SUPPORTED_… enumerations are sent as sets of bits, one per member. */
  private static final int ONLY_FIRST = 1;

  private static final int FIRST_TWO = 3;
  private static final int FIRST_THREE = 7;
  private static final int FIRST_FOUR = 15;

  static {
    server();
    names();
    language();
    limits();
    transactions();
    texts();
  }

  private SqlInfoTable() {}

  /** The codes known. */
  static Collection<Integer> codes() {
    return VALUES.keySet();
  }

  /** The values of the codes asked for, of all when none is. */
  static Map<Integer, Object> values(List<Integer> codes) {
    if (codes.isEmpty()) {
      return VALUES;
    }
    Map<Integer, Object> asked = new TreeMap<>(VALUES);
    asked.keySet().retainAll(codes);
    return asked;
  }

  static org.apache.arrow.vector.types.pojo.Schema schema() {
    return Schemas.GET_SQL_INFO_SCHEMA;
  }

  private static void server() {
    put(SqlInfo.FLIGHT_SQL_SERVER_NAME, "Weft");
    put(SqlInfo.FLIGHT_SQL_SERVER_VERSION, "0.1.0");
    put(SqlInfo.FLIGHT_SQL_SERVER_ARROW_VERSION, "18.3.0");
    put(SqlInfo.FLIGHT_SQL_SERVER_READ_ONLY, false);
    put(SqlInfo.FLIGHT_SQL_SERVER_SQL, true);
    put(SqlInfo.FLIGHT_SQL_SERVER_SUBSTRAIT, false);
    put(SqlInfo.FLIGHT_SQL_SERVER_SUBSTRAIT_MIN_VERSION, "");
    put(SqlInfo.FLIGHT_SQL_SERVER_SUBSTRAIT_MAX_VERSION, "");
    put(SqlInfo.FLIGHT_SQL_SERVER_TRANSACTION, 0);
    put(SqlInfo.FLIGHT_SQL_SERVER_CANCEL, true);
    put(SqlInfo.FLIGHT_SQL_SERVER_BULK_INGESTION, false);
    put(SqlInfo.FLIGHT_SQL_SERVER_INGEST_TRANSACTIONS_SUPPORTED, false);
    put(SqlInfo.FLIGHT_SQL_SERVER_STATEMENT_TIMEOUT, 0);
    put(SqlInfo.FLIGHT_SQL_SERVER_TRANSACTION_TIMEOUT, 0);
  }

  private static void names() {
    put(SqlInfo.SQL_DDL_CATALOG, false);
    put(SqlInfo.SQL_DDL_SCHEMA, true);
    put(SqlInfo.SQL_DDL_TABLE, true);
    put(SqlInfo.SQL_IDENTIFIER_CASE, 1L);
    put(SqlInfo.SQL_IDENTIFIER_QUOTE_CHAR, "`");
    put(SqlInfo.SQL_QUOTED_IDENTIFIER_CASE, 1L);
    put(SqlInfo.SQL_ALL_TABLES_ARE_SELECTABLE, true);
    put(SqlInfo.SQL_NULL_ORDERING, 1L);
    put(SqlInfo.SQL_SEARCH_STRING_ESCAPE, "\\");
    put(SqlInfo.SQL_EXTRA_NAME_CHARACTERS, "");
    put(SqlInfo.SQL_SCHEMA_TERM, "schema");
    put(SqlInfo.SQL_PROCEDURE_TERM, "procedure");
    put(SqlInfo.SQL_CATALOG_TERM, "catalog");
    put(SqlInfo.SQL_CATALOG_AT_START, true);
    put(SqlInfo.SQL_SCHEMAS_SUPPORTED_ACTIONS, 0);
    put(SqlInfo.SQL_CATALOGS_SUPPORTED_ACTIONS, 0);
  }

  private static void language() {
    put(SqlInfo.SQL_SUPPORTS_COLUMN_ALIASING, true);
    put(SqlInfo.SQL_NULL_PLUS_NULL_IS_NULL, true);
    put(SqlInfo.SQL_SUPPORTS_CONVERT, Map.of());
    put(SqlInfo.SQL_SUPPORTS_TABLE_CORRELATION_NAMES, true);
    put(SqlInfo.SQL_SUPPORTS_DIFFERENT_TABLE_CORRELATION_NAMES, false);
    put(SqlInfo.SQL_SUPPORTS_EXPRESSIONS_IN_ORDER_BY, true);
    put(SqlInfo.SQL_SUPPORTS_ORDER_BY_UNRELATED, true);
    put(SqlInfo.SQL_SUPPORTED_GROUP_BY, FIRST_TWO);
    put(SqlInfo.SQL_SUPPORTS_LIKE_ESCAPE_CLAUSE, true);
    put(SqlInfo.SQL_SUPPORTS_NON_NULLABLE_COLUMNS, true);
    put(SqlInfo.SQL_SUPPORTED_GRAMMAR, FIRST_THREE);
    put(SqlInfo.SQL_ANSI92_SUPPORTED_LEVEL, ONLY_FIRST);
    put(SqlInfo.SQL_SUPPORTS_INTEGRITY_ENHANCEMENT_FACILITY, false);
    put(SqlInfo.SQL_OUTER_JOINS_SUPPORT_LEVEL, FIRST_THREE - 1);
    put(SqlInfo.SQL_SUPPORTED_POSITIONED_COMMANDS, 0);
    put(SqlInfo.SQL_SELECT_FOR_UPDATE_SUPPORTED, false);
    put(SqlInfo.SQL_STORED_PROCEDURES_SUPPORTED, false);
    put(SqlInfo.SQL_SUPPORTED_SUBQUERIES, FIRST_FOUR);
    put(SqlInfo.SQL_CORRELATED_SUBQUERIES_SUPPORTED, true);
    put(SqlInfo.SQL_SUPPORTED_UNIONS, FIRST_TWO);
    put(SqlInfo.SQL_BATCH_UPDATES_SUPPORTED, true);
    put(SqlInfo.SQL_NAMED_PARAMETERS_SUPPORTED, false);
    put(SqlInfo.SQL_LOCATORS_UPDATE_COPY, false);
    put(SqlInfo.SQL_STORED_FUNCTIONS_USING_CALL_SYNTAX_SUPPORTED, false);
  }

  /** Zero says that there is no limit or that it is not known. */
  private static void limits() {
    for (int code = SqlInfo.SQL_MAX_BINARY_LITERAL_LENGTH_VALUE;
        code <= SqlInfo.SQL_MAX_USERNAME_LENGTH_VALUE;
        code++) {
      VALUES.put(code, 0L);
    }
    put(SqlInfo.SQL_MAX_ROW_SIZE_INCLUDES_BLOBS, true);
    put(SqlInfo.SQL_MAX_STATEMENT_LENGTH, 1_000_000L);
  }

  private static void transactions() {
    put(SqlInfo.SQL_DEFAULT_TRANSACTION_ISOLATION, 0L);
    put(SqlInfo.SQL_TRANSACTIONS_SUPPORTED, false);
    put(SqlInfo.SQL_SUPPORTED_TRANSACTIONS_ISOLATION_LEVELS, ONLY_FIRST);
    put(SqlInfo.SQL_DATA_DEFINITION_CAUSES_TRANSACTION_COMMIT, false);
    put(SqlInfo.SQL_DATA_DEFINITIONS_IN_TRANSACTIONS_IGNORED, true);
    put(SqlInfo.SQL_SUPPORTED_RESULT_SET_TYPES, FIRST_TWO - 1);
    put(SqlInfo.SQL_SUPPORTED_CONCURRENCIES_FOR_RESULT_SET_UNSPECIFIED, 0);
    put(SqlInfo.SQL_SUPPORTED_CONCURRENCIES_FOR_RESULT_SET_FORWARD_ONLY, FIRST_TWO - 1);
    put(SqlInfo.SQL_SUPPORTED_CONCURRENCIES_FOR_RESULT_SET_SCROLL_SENSITIVE, 0);
    put(SqlInfo.SQL_SUPPORTED_CONCURRENCIES_FOR_RESULT_SET_SCROLL_INSENSITIVE, 0);
    put(SqlInfo.SQL_SAVEPOINTS_SUPPORTED, false);
  }

  private static void texts() {
    put(SqlInfo.SQL_KEYWORDS, List.copyOf(Keywords.all()));
    put(
        SqlInfo.SQL_NUMERIC_FUNCTIONS,
        List.of("ABS", "CEILING", "EXP", "FLOOR", "LOG", "MOD", "PI", "POWER", "RAND", "ROUND"));
    put(
        SqlInfo.SQL_STRING_FUNCTIONS,
        List.of("CONCAT", "LCASE", "LEFT", "LENGTH", "LTRIM", "REPLACE", "RTRIM", "SUBSTRING"));
    put(SqlInfo.SQL_SYSTEM_FUNCTIONS, List.of("IFNULL", "USER"));
    put(
        SqlInfo.SQL_DATETIME_FUNCTIONS,
        List.of("CURDATE", "DAYOFMONTH", "HOUR", "MINUTE", "MONTH", "NOW", "QUARTER", "YEAR"));
  }

  private static void put(SqlInfo code, Object value) {
    VALUES.put(code.getNumber(), value);
  }
}
