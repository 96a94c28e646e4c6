package dev.weft.repl.cli;

import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.jline.utils.Signals;

/**
 * Ctrl-C, SIGTERM and SIGHUP during a run: the first one cancels and lets the run clean up, a
 * second one, or a clean-up that takes too long, ends the process at once.
 */
final class Interrupts {

  private static final long PATIENCE_MILLIS = 20_000;

  private final AtomicInteger code = new AtomicInteger();
  private final CountDownLatch arrived = new CountDownLatch(1);
  private volatile Runnable onFirst = () -> System.exit(code.get());

  private Interrupts() {}

  /** Takes the signals over for the rest of the process. */
  static Interrupts install() {
    Interrupts interrupts = new Interrupts();
    Signals.register("INT", () -> interrupts.signal(130));
    Signals.register("TERM", () -> interrupts.signal(143));
    Signals.register("HUP", () -> interrupts.signal(129));
    return interrupts;
  }

  /** What the first signal does; until this is called it exits, which runs the shutdown hooks. */
  void onFirst(Runnable action) {
    onFirst = action;
    if (code.get() != 0) {
      action.run();
    }
  }

  /** The exit code that a signal asked for. */
  OptionalInt exitCode() {
    return code.get() == 0 ? OptionalInt.empty() : OptionalInt.of(code.get());
  }

  /** Blocks until a signal comes. */
  void await() {
    try {
      arrived.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void signal(int exitCode) {
    if (!code.compareAndSet(0, exitCode)) {
      force();
    }
    Thread watchdog = new Thread(this::forceLater, "weft-patience");
    watchdog.setDaemon(true);
    watchdog.start();
    arrived.countDown();
    onFirst.run();
  }

  private void forceLater() {
    try {
      Thread.sleep(PATIENCE_MILLIS);
    } catch (InterruptedException e) {
      return;
    }
    force();
  }

  /** Nothing is asked any more; what we started goes with us. */
  private void force() {
    ProcessHandle.current().descendants().forEach(ProcessHandle::destroyForcibly);
    Runtime.getRuntime().halt(code.get());
  }
}
