package dev.weft.spark.mllib;

import java.util.List;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.logging.log4j.Level;
import org.apache.logging.log4j.LogManager;
import org.apache.logging.log4j.core.LogEvent;
import org.apache.logging.log4j.core.LoggerContext;
import org.apache.logging.log4j.core.appender.AbstractAppender;
import org.apache.logging.log4j.core.config.LoggerConfig;
import org.apache.logging.log4j.core.config.Property;
import org.jspecify.annotations.Nullable;

/**
 * What MLlib's searches for the least loss say after each iteration. They say it to their log
 * alone, in the thread that trains; nothing of it is printed.
 */
final class SearchLog extends AbstractAppender {

  private static final Pattern ITERATION = Pattern.compile("Val and Grad Norm: (\\S+) .*");
  private static final List<String> SEARCHES =
      List.of("breeze.optimize.LBFGS", "breeze.optimize.LBFGSB", "breeze.optimize.OWLQN");
  private static final ThreadLocal<@Nullable DoubleConsumer> LISTENER = new ThreadLocal<>();
  private static final boolean HEARD = hear();

  private SearchLog() {
    super("weft-searches", null, null, true, Property.EMPTY_ARRAY);
  }

  /** Whether iterations are heard: not where something else than Spark's log is in use. */
  static boolean heard() {
    return HEARD;
  }

  /** Does something, of whose iterations in this thread a listener hears the loss. */
  static <T> T listen(DoubleConsumer listener, Supplier<T> work) {
    LISTENER.set(listener);
    try {
      return work.get();
    } finally {
      LISTENER.remove();
    }
  }

  private static boolean hear() {
    if (!(LogManager.getContext(false) instanceof LoggerContext context)) {
      return false;
    }
    SearchLog log = new SearchLog();
    log.start();
    for (String name : SEARCHES) {
      LoggerConfig search = new LoggerConfig(name, Level.INFO, false);
      search.addAppender(log, null, null);
      context.getConfiguration().addLogger(name, search);
    }
    context.updateLoggers();
    return true;
  }

  @Override
  public void append(LogEvent event) {
    DoubleConsumer listener = LISTENER.get();
    Matcher iteration = ITERATION.matcher(event.getMessage().getFormattedMessage());
    if (listener != null && iteration.matches()) {
      // Written as the machine's language has it.
      listener.accept(Double.parseDouble(iteration.group(1).replace(',', '.')));
    }
  }
}
