package dev.weft.ml;

import java.time.Duration;
import org.apache.arrow.flight.FlightRuntimeException;

/** Tells the runtime again and again that the driver of an upload lives, until it is closed. */
final class Lease implements AutoCloseable {

  private static final int TIMES_IN_A_LEASE = 4;

  private final Control control;
  private final String upload;
  private final Thread thread;

  private Lease(Control control, String upload, Duration length) {
    this.control = control;
    this.upload = upload;
    thread = new Thread(() -> renew(length.dividedBy(TIMES_IN_A_LEASE)), "weft-lease");
    thread.setDaemon(true);
  }

  /** Renews an upload that is forgotten when it was not renewed for a length of time. */
  static Lease of(Control control, String upload, Duration length) {
    Lease lease = new Lease(control, upload, length);
    lease.thread.start();
    return lease;
  }

  private void renew(Duration pause) {
    try {
      while (true) {
        Thread.sleep(pause.toMillis());
        control.renew(upload);
      }
    } catch (InterruptedException e) {
      // It was closed.
    } catch (FlightRuntimeException e) {
      // The service has ended, which whoever sends rows finds out.
    }
  }

  @Override
  public void close() {
    thread.interrupt();
  }
}
