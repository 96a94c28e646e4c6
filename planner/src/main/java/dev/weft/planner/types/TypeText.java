package dev.weft.planner.types;

import dev.weft.planner.NotRepresentable;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** Reads Spark's DDL text of a type from left to right. */
final class TypeText {

  private static final int DEFAULT_PRECISION = 10;

  private final String text;
  private final RelDataTypeFactory types;
  private int at;

  TypeText(String text, RelDataTypeFactory types) {
    this.text = text;
    this.types = types;
  }

  RelDataType whole() {
    RelDataType type = type();
    expectEnd();
    return type;
  }

  /** Columns separated by commas, as a row type. */
  RelDataType schema() {
    RelDataType row = fields("");
    expectEnd();
    return row;
  }

  private RelDataType type() {
    String word = word();
    return switch (word) {
      case "array" -> array();
      case "map" -> map();
      case "struct" -> struct();
      case "interval" -> interval();
      case "decimal", "dec", "numeric" -> decimal();
      case "char", "character", "varchar" -> text();
      case "string" -> collated();
      case "variant", "time", "geometry", "geography" -> opaque(word + brackets());
      default -> nullable(types.createSqlType(simple(word)));
    };
  }

  private SqlTypeName simple(String word) {
    return switch (word) {
      case "boolean" -> SqlTypeName.BOOLEAN;
      case "tinyint", "byte" -> SqlTypeName.TINYINT;
      case "smallint", "short" -> SqlTypeName.SMALLINT;
      case "int", "integer" -> SqlTypeName.INTEGER;
      case "bigint", "long" -> SqlTypeName.BIGINT;
      case "float", "real" -> SqlTypeName.REAL;
      case "double" -> SqlTypeName.DOUBLE;
      case "binary" -> SqlTypeName.VARBINARY;
      case "date" -> SqlTypeName.DATE;
      case "timestamp", "timestamp_ltz" -> SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
      case "timestamp_ntz" -> SqlTypeName.TIMESTAMP;
      case "void", "null" -> SqlTypeName.NULL;
      default -> throw new NotRepresentable("the type " + word);
    };
  }

  private RelDataType array() {
    expect('<');
    RelDataType element = type();
    expect('>');
    return nullable(types.createArrayType(element, -1));
  }

  private RelDataType map() {
    expect('<');
    RelDataType key = types.createTypeWithNullability(type(), false);
    expect(',');
    RelDataType value = type();
    expect('>');
    return nullable(types.createMapType(key, value));
  }

  private RelDataType struct() {
    if (accept('<') && accept('>')) {
      return nullable(types.builder().build());
    }
    RelDataType row = fields(">");
    expect('>');
    return nullable(row);
  }

  private RelDataType fields(String end) {
    RelDataTypeFactory.Builder builder = types.builder();
    do {
      String name = name();
      accept(':');
      RelDataType type = type();
      builder.add(name, types.createTypeWithNullability(type, !notNull()));
      comment(end);
    } while (accept(','));
    return builder.build();
  }

  private RelDataType decimal() {
    int precision = DEFAULT_PRECISION;
    int scale = 0;
    if (accept('(')) {
      precision = number();
      scale = accept(',') ? number() : 0;
      expect(')');
    }
    return nullable(types.createSqlType(SqlTypeName.DECIMAL, precision, scale));
  }

  /** A length is a rule for writing; what is read is a string. */
  private RelDataType text() {
    if (accept('(')) {
      number();
      expect(')');
    }
    return nullable(types.createSqlType(SqlTypeName.VARCHAR));
  }

  /** A string, or one that Spark compares by rules of its own. */
  private RelDataType collated() {
    if (!peek("collate")) {
      return nullable(types.createSqlType(SqlTypeName.VARCHAR));
    }
    word();
    String name = rawWord();
    while (accept('.')) {
      name += "." + rawWord();
    }
    return opaque("string collate " + name);
  }

  private String brackets() {
    int start = at;
    if (accept('(')) {
      at = Math.max(text.indexOf(')', at) + 1, at);
    }
    return text.substring(start, at);
  }

  private RelDataType opaque(String ddl) {
    if (types instanceof SparkTypeFactory spark) {
      return spark.opaque(ddl);
    }
    throw new NotRepresentable("the type " + ddl);
  }

  private RelDataType interval() {
    if (!moreWords() || peek("not") || peek("comment")) {
      return opaque("interval");
    }
    TimeUnit start = unit();
    TimeUnit end = start;
    if (peek("to")) {
      word();
      end = unit();
    }
    SqlIntervalQualifier qualifier =
        new SqlIntervalQualifier(start, end == start ? null : end, SqlParserPos.ZERO);
    return nullable(types.createSqlIntervalType(qualifier));
  }

  private TimeUnit unit() {
    return TimeUnit.valueOf(word().toUpperCase(Locale.ROOT));
  }

  private boolean notNull() {
    if (!peek("not")) {
      return false;
    }
    word();
    word();
    return true;
  }

  /** A comment, default or collation behind a column is of no interest here. */
  private void comment(String end) {
    if (peek("collate")) {
      throw new NotRepresentable("a collation");
    }
    while (moreWords()) {
      word();
      if (accept('\'')) {
        at = text.indexOf('\'', at) + 1;
      }
    }
    if (!end.isEmpty() && at >= text.length()) {
      throw wrong();
    }
  }

  private String name() {
    if (!accept('`')) {
      return rawWord();
    }
    StringBuilder name = new StringBuilder();
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c != '`') {
        name.append(c);
      } else if (at < text.length() && text.charAt(at) == '`') {
        name.append('`');
        at++;
      } else {
        return name.toString();
      }
    }
    throw wrong();
  }

  private int number() {
    String digits = rawWord();
    try {
      return Integer.parseInt(digits);
    } catch (NumberFormatException notANumber) {
      throw wrong();
    }
  }

  private String word() {
    return rawWord().toLowerCase(Locale.ROOT);
  }

  private String rawWord() {
    blanks();
    int start = at;
    while (at < text.length() && isWord(text.charAt(at))) {
      at++;
    }
    if (start == at) {
      throw wrong();
    }
    return text.substring(start, at);
  }

  private boolean moreWords() {
    blanks();
    return at < text.length() && isWord(text.charAt(at));
  }

  private boolean peek(String word) {
    blanks();
    int end = at + word.length();
    return text.regionMatches(true, at, word, 0, word.length())
        && (end >= text.length() || !isWord(text.charAt(end)));
  }

  private boolean accept(char c) {
    blanks();
    if (at < text.length() && text.charAt(at) == c) {
      at++;
      return true;
    }
    return false;
  }

  private void expect(char c) {
    if (!accept(c)) {
      throw wrong();
    }
  }

  private void expectEnd() {
    blanks();
    if (at < text.length()) {
      throw wrong();
    }
  }

  private void blanks() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private IllegalArgumentException wrong() {
    List<String> around = new ArrayList<>(List.of(text.substring(0, at), text.substring(at)));
    return new IllegalArgumentException(
        "'" + around.get(0) + "' cannot be followed by '" + around.get(1) + "'");
  }

  private RelDataType nullable(RelDataType type) {
    return types.createTypeWithNullability(type, true);
  }
}
