package dev.weft.planner;

import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a statement may take.
 *
 * @param most nothing when it may take as long as it likes
 */
public record TimeLimit(Optional<Duration> most) {

  /** What users are told to write. */
  public static final String FORM = "a length of time such as '30 s', '5 min' or '2 h', or 'none'";

  /** As long as it likes. */
  public static final TimeLimit NONE = new TimeLimit(Optional.empty());

  private static final Pattern LENGTH =
      Pattern.compile("(\\d{1,9})\\s*(ms|s|sec|seconds?|min|minutes?|h|hours?)");

  /** Reads it; nothing if the text has another form. */
  public static Optional<TimeLimit> read(String text) {
    String lower = text.strip().toLowerCase(Locale.ROOT);
    if (lower.equals("none")) {
      return Optional.of(NONE);
    }
    Matcher length = LENGTH.matcher(lower);
    if (!length.matches()) {
      return Optional.empty();
    }
    Duration most = length(Long.parseLong(length.group(1)), length.group(2));
    return most.isZero() ? Optional.empty() : Optional.of(new TimeLimit(Optional.of(most)));
  }

  private static Duration length(long count, String unit) {
    return switch (unit.charAt(0)) {
      case 'h' -> Duration.ofHours(count);
      case 's' -> Duration.ofSeconds(count);
      default -> unit.equals("ms") ? Duration.ofMillis(count) : Duration.ofMinutes(count);
    };
  }

  /** As people write it. */
  @Override
  public String toString() {
    return most.map(TimeLimit::text).orElse("none");
  }

  private static String text(Duration most) {
    if (most.toMillisPart() > 0) {
      return most.toMillis() + " ms";
    }
    if (most.toSecondsPart() > 0) {
      return most.toSeconds() + " s";
    }
    return most.toMinutesPart() > 0 ? most.toMinutes() + " min" : most.toHours() + " h";
  }
}
