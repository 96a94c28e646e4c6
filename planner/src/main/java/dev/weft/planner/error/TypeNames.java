package dev.weft.planner.error;

import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Nearest;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Types that are none. */
final class TypeNames {

  private static final List<String> KNOWN =
      List.of(
          "array",
          "bigint",
          "binary",
          "boolean",
          "byte",
          "char",
          "date",
          "decimal",
          "double",
          "float",
          "int",
          "integer",
          "interval",
          "long",
          "map",
          "numeric",
          "real",
          "short",
          "smallint",
          "string",
          "struct",
          "time",
          "timestamp",
          "timestamp_ltz",
          "timestamp_ntz",
          "tinyint",
          "varchar",
          "variant",
          "void");

  private TypeNames() {}

  static WeftException unknown(Map<String, String> said, Span place) {
    String name = SparkWords.of("typeName", said).toLowerCase(Locale.ROOT);
    return ErrorCode.TYPE_MISMATCH.failure(
        place, "there is no type '" + name + "'" + Nearest.hint(name, KNOWN));
  }
}
