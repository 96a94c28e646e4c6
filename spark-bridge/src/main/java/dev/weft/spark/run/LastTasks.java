package dev.weft.spark.run;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkContext;

/**
 * The tasks of a job that has failed or was cancelled: Spark tells its caller at once and lets them
 * end later, so until then they may still write files.
 */
public final class LastTasks {

  private static final long LIMIT_SECONDS = 10;
  private static final long LOOK_MILLIS = 20;

  private final SparkContext context;
  private final RunRegistry.Entry run;

  public LastTasks(SparkContext context, RunRegistry.Entry run) {
    this.context = context;
    this.run = run;
  }

  /** Waits until none runs, or for as long as a person would wait for an answer. */
  public void await() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(LIMIT_SECONDS);
    try {
      do {
        // A task's start is on its way to the listeners when its job fails.
        context.listenerBus().waitUntilEmpty(TimeUnit.SECONDS.toMillis(LIMIT_SECONDS));
        if (run.tasks() == 0) {
          return;
        }
        Thread.sleep(LOOK_MILLIS);
      } while (System.nanoTime() - deadline < 0);
    } catch (TimeoutException busy) {
      return;
    } catch (InterruptedException stopped) {
      Thread.currentThread().interrupt();
    }
  }
}
