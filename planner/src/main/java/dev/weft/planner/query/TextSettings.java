package dev.weft.planner.query;

import dev.weft.planner.spi.RelationalCatalog;
import java.util.Map;
import java.util.Optional;

/**
 * Settings of Spark's that change what a text means. Planning reads texts as they are by default,
 * so with another value a query goes to Spark as it stands.
 */
final class TextSettings {

  private static final Map<String, String> DEFAULTS =
      Map.ofEntries(
          Map.entry("spark.sql.ansi.doubleQuotedIdentifiers", "false"),
          Map.entry("spark.sql.ansi.enforceReservedKeywords", "false"),
          Map.entry("spark.sql.ansi.relationPrecedence", "false"),
          Map.entry("spark.sql.caseSensitive", "false"),
          Map.entry("spark.sql.groupByAliases", "true"),
          Map.entry("spark.sql.groupByOrdinal", "true"),
          Map.entry("spark.sql.orderByOrdinal", "true"),
          Map.entry("spark.sql.lateralColumnAlias.enableImplicitResolution", "true"),
          Map.entry("spark.sql.legacy.ctePrecedencePolicy", "CORRECTED"),
          Map.entry("spark.sql.legacy.exponentLiteralAsDecimal.enabled", "false"),
          Map.entry("spark.sql.legacy.parser.havingWithoutGroupByAsWhere", "false"),
          Map.entry("spark.sql.legacy.setopsPrecedence.enabled", "false"),
          Map.entry("spark.sql.parser.escapedStringLiterals", "false"),
          Map.entry("spark.sql.parser.quotedRegexColumnNames", "false"));

  private TextSettings() {}

  /** One that is not as planning takes it to be. */
  static Optional<String> changed(RelationalCatalog catalog) {
    return DEFAULTS.entrySet().stream()
        .filter(each -> !isDefault(catalog, each))
        .map(each -> "the setting " + each.getKey())
        .sorted()
        .findFirst();
  }

  private static boolean isDefault(RelationalCatalog catalog, Map.Entry<String, String> setting) {
    String standard = setting.getValue();
    return catalog.setting(setting.getKey(), standard).equalsIgnoreCase(standard);
  }
}
