package dev.weft.server.http;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/**
 * A JSON value as the seconds since 1970 that a model has learnt from: a number is that already, a
 * text is read as Spark reads one for the type of the column that the model was trained on.
 */
final class TimeReader {

  private static final long SECONDS_OF_DAY = 86_400;

  /** A day; then perhaps a time after a T or a blank; then perhaps an offset. */
  private static final DateTimeFormatter TEXT =
      new DateTimeFormatterBuilder()
          .parseCaseInsensitive()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendPattern("['T'][' ']")
          .appendOptional(DateTimeFormatter.ISO_LOCAL_TIME)
          .appendPattern("[XXX][XX][X]")
          .toFormatter(java.util.Locale.ROOT);

  private TimeReader() {}

  /** The seconds; empty where the value does not fit the type. */
  static Optional<Object> seconds(JsonNode node, String type) {
    if (node.isNumber()) {
      return Optional.of(node.doubleValue()).filter(Double::isFinite).map(Object.class::cast);
    }
    try {
      return node.isTextual() ? Optional.of(seconds(node.textValue().trim(), type)) : empty();
    } catch (DateTimeException notTime) {
      return empty();
    }
  }

  /** What the type takes, for messages. */
  static String wanted(String type) {
    String text =
        switch (type) {
          case "date" -> "a date such as \"2001-01-14\"";
          case "timestamp_ntz" -> "a date or time without offset such as \"2001-01-14 14:10:00\"";
          default -> "a date or time such as \"2001-01-14 14:10:00\" or \"2001-01-14T13:10:00Z\"";
        };
    return text + ", or seconds since 1970";
  }

  private static double seconds(String text, String type) {
    if (type.equals("date")) {
      // A day is the same everywhere: training counts its seconds without any zone.
      return LocalDate.parse(text).toEpochDay() * (double) SECONDS_OF_DAY;
    }
    TemporalAccessor read =
        TEXT.parseBest(text, OffsetDateTime::from, LocalDateTime::from, LocalDate::from);
    if (read instanceof OffsetDateTime instant) {
      if (type.equals("timestamp_ntz")) {
        throw new DateTimeException("a time without zone has no offset");
      }
      return instant.toEpochSecond() + instant.getNano() / 1e9;
    }
    LocalDateTime local =
        read instanceof LocalDateTime time ? time : LocalDate.from(read).atStartOfDay();
    // A time without offset is one of this machine, as in Spark.
    ZonedDateTime here = local.atZone(ZoneId.systemDefault());
    return here.toEpochSecond() + here.getNano() / 1e9;
  }

  private static Optional<Object> empty() {
    return Optional.empty();
  }
}
