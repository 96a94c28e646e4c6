package dev.weft.spark.run;

import dev.weft.engine.Progress;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.storage.RDDInfo;
import scala.jdk.javaapi.CollectionConverters;

/** Tells steps as the jobs of one run start and end, and how long the others will take. */
final class StepCount {

  private static final double NANOS = 1e9;

  private final Steps steps;
  private final String what;
  private final Consumer<Progress> told;
  private final LongSupplier clock;
  private final Set<Integer> jobs = new HashSet<>();
  private long seen;
  private long done;
  private long first;
  private long begun;
  private boolean over;
  private Optional<String> metric = Optional.empty();
  private OptionalDouble value = OptionalDouble.empty();

  StepCount(Steps steps, String what, Consumer<Progress> told, LongSupplier clock) {
    this.steps = steps;
    this.what = what;
    this.told = told;
    this.clock = clock;
  }

  /** Whether something has been told. */
  synchronized boolean telling() {
    return done > 0 && !over;
  }

  void started(SparkListenerJobStart job) {
    List<String> names = new ArrayList<>();
    for (StageInfo stage : CollectionConverters.asJava(job.stageInfos())) {
      names.add(stage.name());
      for (RDDInfo data : CollectionConverters.asJava(stage.rddInfos())) {
        names.add(data.name());
      }
    }
    started(job.jobId(), names);
  }

  synchronized void started(int job, List<String> names) {
    if (steps.numbered()) {
      names.stream()
          .flatMapToLong(name -> steps.number(name).stream())
          .max()
          .ifPresent(number -> reached(number - steps.before()));
    } else if (names.stream().anyMatch(steps::has)) {
      jobs.add(job);
    }
  }

  synchronized void ended(int job) {
    if (jobs.remove(job)) {
      seen++;
      reached(seen - steps.before());
    }
  }

  /** One more step is over, with a metric at its end. */
  synchronized void step(String name, double value) {
    metric = Optional.of(name);
    this.value = OptionalDouble.of(value);
    seen++;
    reached(seen);
  }

  /** The library is done; where it knew how often to go on, that was often enough. */
  synchronized void end() {
    if (done > 0 && !over) {
      long all = steps.numbered() && steps.most() > 0 ? steps.most() : done;
      tell(all, all, OptionalDouble.empty());
    }
    over = true;
  }

  private void reached(long step) {
    if (over || step <= done) {
      return;
    }
    long now = clock.getAsLong();
    if (done == 0) {
      first = step;
      begun = now;
    }
    done = step;
    tell(step, steps.most() > 0 ? Math.max(step, steps.most()) : 0, left(now));
  }

  /** If steps go on as those since the first, before which comes what comes once. */
  private OptionalDouble left(long now) {
    if (done == first || steps.most() == 0) {
      return OptionalDouble.empty();
    }
    double each = (now - begun) / NANOS / (done - first);
    return OptionalDouble.of(each * Math.max(0, steps.most() - done));
  }

  private void tell(long step, long total, OptionalDouble left) {
    told.accept(new Progress(what, step, total, steps.unit(), metric, value, left));
  }
}
