package dev.weft.spark.error;

import dev.weft.engine.spi.OutOfMemory;
import dev.weft.engine.spi.RemoteFailure;
import dev.weft.engine.spi.Run;
import dev.weft.grammar.ErrorCode;
import dev.weft.grammar.Span;
import dev.weft.grammar.WeftException;
import dev.weft.planner.error.SparkSentence;
import dev.weft.planner.spi.SparkError;
import dev.weft.spark.catalog.CatalogFailure;
import dev.weft.spark.convert.TextPlaces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.apache.spark.QueryContext;
import org.apache.spark.SparkThrowable;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.trees.Origin;
import org.apache.spark.sql.exceptions.SqlScriptingException;

/** Spark's exceptions as one sentence: no stack, no plan, no SQLSTATE. */
public final class SparkErrors {

  /** Conditions that only say where an error came through. */
  private static final Set<String> WRAPPERS =
      Set.of("TASK_WRITE_FAILED", "FAILED_READ_FILE.NO_HINT", "INTERNAL_ERROR_BROADCAST");

  private static final Pattern CONDITION = Pattern.compile("^(\\{LINE:\\d+} )?\\[[A-Z0-9_.]+] ?");
  private static final Pattern REST =
      Pattern.compile(
          "(?s)( SQLSTATE: .*|\\n== .*|;?\\n'.*|\\nDriver stacktrace:.*|;? ?line \\d+,? pos \\d+;?.*)");

  /** Advice that is the same for every error of a kind, and rarely what helps. */
  private static final Pattern ADVICE =
      Pattern.compile(
          "(?s) ?If necessary set \"spark\\.sql\\.ansi\\.enabled\" to \"false\" to bypass this error\\.?"
              + "|(?<=cannot be found)\\. Verify the spelling.*");

  private SparkErrors() {}

  /** An error of analysis, for the planner. */
  public static SparkError analysis(Throwable failure) {
    Throwable cause = decisive(failure);
    return error(cause, offset(cause), end(cause), failure);
  }

  /** An error of parsing a text, for the planner. */
  public static SparkError syntax(Throwable failure, String text) {
    Throwable cause = decisive(failure);
    OptionalInt offset = offset(cause);
    if (cause instanceof ParseException parsing) {
      offset = offset(parsing.start(), text, offset);
    } else if (cause instanceof SqlScriptingException scripting) {
      offset = offset(scripting.origin(), text, offset);
    }
    return error(cause, offset, OptionalInt.empty(), failure);
  }

  private static OptionalInt offset(Origin place, String text, OptionalInt otherwise) {
    if (!place.line().isDefined() || !place.startPosition().isDefined()) {
      return otherwise;
    }
    int start = 0;
    for (int line = 1; line < (Integer) place.line().get(); line++) {
      start = text.indexOf('\n', start) + 1;
    }
    return OptionalInt.of(start + (Integer) place.startPosition().get());
  }

  private static SparkError error(
      Throwable cause, OptionalInt offset, OptionalInt end, Throwable failure) {
    String condition = isTooDeep(failure) ? SparkSentence.TOO_DEEP : condition(cause);
    return new SparkError(condition, parameters(cause), sentence(cause), offset, end, failure);
  }

  private static Map<String, String> parameters(Throwable cause) {
    Map<String, String> said =
        cause instanceof SparkThrowable spark ? spark.getMessageParameters() : null;
    return said == null ? Map.of() : said;
  }

  /** An error of execution, at the place that Spark names, else at that of the run. */
  public static WeftException execution(Throwable failure, Run run) {
    if (run.cancelled().getAsBoolean()) {
      return new WeftException(ErrorCode.CANCELLED.at(run.span()), failure);
    }
    Optional<RemoteFailure> remote = RemoteFailure.in(failure);
    if (remote.isPresent()) {
      return new WeftException(remote.get().at(run.span()).diagnostics().get(0), failure);
    }
    Throwable cause = decisive(failure);
    if (cause instanceof WeftException ours) {
      return ours;
    }
    if (isDiskFull(failure)) {
      return new WeftException(
          ErrorCode.DISK_FULL.at(run.span(), System.getProperty("java.io.tmpdir")), failure);
    }
    if (OutOfMemory.in(failure)) {
      return new WeftException(
          ErrorCode.OUT_OF_MEMORY.at(run.span(), OutOfMemory.limit()), failure);
    }
    if (isTooDeep(failure)) {
      return new WeftException(ErrorCode.NESTED_TOO_DEEPLY.at(run.span()), failure);
    }
    String condition = condition(cause);
    String sentence = SparkSentence.running(condition, parameters(cause), sentence(cause));
    String told = condition.isEmpty() ? sentence : sentence + " (" + condition + ")";
    Span place = TextPlaces.of(contexts(cause)).orElse(run.span());
    return new WeftException(ErrorCode.QUERY_FAILED.at(place, told), failure);
  }

  /** The exception in a chain that says what is wrong: ours, else the deepest of Spark's own. */
  public static Throwable decisive(Throwable failure) {
    List<Throwable> chain = new ArrayList<>();
    for (Throwable t = failure; t != null && chain.size() < 50; t = t.getCause()) {
      chain.add(t);
    }
    for (Throwable t : chain) {
      if (t instanceof WeftException || t instanceof CatalogFailure) {
        return t;
      }
    }
    Throwable best = null;
    for (Throwable t : chain) {
      if (!condition(t).isEmpty() && !WRAPPERS.contains(condition(t))) {
        best = t;
      }
    }
    return best == null ? chain.get(chain.size() - 1) : best;
  }

  /** Whether a disk has no room, here or where a task ran. */
  public static boolean isDiskFull(Throwable failure) {
    return inChain(failure, SparkErrors::isDisk);
  }

  private static boolean isDisk(Throwable cause) {
    String message = String.valueOf(cause.getMessage());
    return message.contains("No space left on device") || message.contains("Disk quota exceeded");
  }

  /** Whether a stack was too small: a sum of thousands of terms nests as deep as it is long. */
  public static boolean isTooDeep(Throwable failure) {
    return inChain(failure, SparkErrors::isOverflow);
  }

  private static boolean isOverflow(Throwable cause) {
    return cause instanceof StackOverflowError
        || String.valueOf(cause.getMessage()).contains(StackOverflowError.class.getName());
  }

  private static boolean inChain(Throwable failure, Predicate<Throwable> what) {
    Throwable cause = failure;
    for (int depth = 0; cause != null && depth < 50; depth++) {
      if (what.test(cause)) {
        return true;
      }
      cause = cause.getCause();
    }
    return false;
  }

  public static String condition(Throwable failure) {
    return failure instanceof SparkThrowable spark
        ? Objects.requireNonNullElse(spark.getCondition(), "")
        : "";
  }

  /** The message without what only Spark's developers read. */
  public static String sentence(Throwable failure) {
    String text = CONDITION.matcher(message(failure).strip()).replaceFirst("");
    text = ADVICE.matcher(text).replaceFirst("");
    text = REST.matcher(text).replaceFirst("").strip();
    text = text.replaceAll("\\s*\\n\\s*", " ").replaceAll("(?<=[^.])\\.$", "");
    text = text.replaceAll("\\. (?=[A-Z])", "; ");
    // The numbers that Spark gives to columns change from run to run.
    text = text.replaceAll("(?<=\\w)#\\d+L?\\b", "");
    return text.isEmpty() ? failure.getClass().getSimpleName() : MissingParts.explained(text);
  }

  private static String message(Throwable failure) {
    return Objects.requireNonNullElse(failure.getMessage(), failure.getClass().getSimpleName());
  }

  private static OptionalInt offset(Throwable failure) {
    return inText(failure)
        .map(context -> OptionalInt.of(context.startIndex()))
        .orElse(OptionalInt.empty());
  }

  private static OptionalInt end(Throwable failure) {
    return inText(failure)
        .filter(context -> context.stopIndex() >= context.startIndex())
        .map(context -> OptionalInt.of(context.stopIndex() + 1))
        .orElse(OptionalInt.empty());
  }

  /** The place in the text itself; that of a view or function is no place in a script. */
  private static Optional<QueryContext> inText(Throwable failure) {
    QueryContext[] contexts = contexts(failure);
    return contexts.length > 0
            && contexts[0].startIndex() >= 0
            && Objects.requireNonNullElse(contexts[0].objectType(), "").isEmpty()
        ? Optional.of(contexts[0])
        : Optional.empty();
  }

  private static QueryContext[] contexts(Throwable failure) {
    QueryContext[] given = failure instanceof SparkThrowable spark ? spark.getQueryContext() : null;
    return given == null ? new QueryContext[0] : given;
  }
}
