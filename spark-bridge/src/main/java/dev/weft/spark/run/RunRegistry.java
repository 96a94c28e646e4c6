package dev.weft.spark.run;

import dev.weft.engine.Progress;
import dev.weft.engine.spi.Run;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.apache.spark.scheduler.StageInfo;
import org.jspecify.annotations.Nullable;

/** The runs that use Spark now: found by job group, and told how many of their tasks are done. */
public final class RunRegistry extends SparkListener {

  private static final long PAUSE_NANOS = 100_000_000L;
  private static final String GROUP = "spark.jobGroup.id";

  private final Map<String, Active> active = new ConcurrentHashMap<>();
  private final Map<Integer, Active> stages = new ConcurrentHashMap<>();
  private final Map<Integer, StepCount> jobs = new ConcurrentHashMap<>();

  /** Notes a run until the result is closed; a run may be noted several times at once. */
  public Entry enter(Run run, String what) {
    Active entered = active.computeIfAbsent(run.id(), id -> new Active(run));
    entered.uses.incrementAndGet();
    entered.what = what;
    return new Entry() {
      @Override
      public int tasks() {
        return entered.running.get();
      }

      @Override
      public void phase(String now) {
        entered.phase(now);
      }

      @Override
      public Following follow(Steps steps, String now) {
        entered.phase(now);
        StepCount count = new StepCount(steps, now, run.progress(), System::nanoTime);
        entered.steps = count;
        return new Following() {
          @Override
          public void step(String metric, double value) {
            count.step(metric, value);
          }

          @Override
          public void close() {
            count.end();
            entered.steps = null;
            jobs.values().removeIf(each -> each == count);
          }
        };
      }

      @Override
      public void close() {
        if (entered.uses.decrementAndGet() == 0) {
          active.remove(run.id());
          stages.values().removeIf(stage -> stage == entered);
        }
      }
    };
  }

  public Optional<Run> find(String id) {
    return Optional.ofNullable(active.get(id)).map(found -> found.run);
  }

  @Override
  public void onJobStart(SparkListenerJobStart job) {
    Active run = of(job.properties());
    if (run == null) {
      return;
    }
    for (StageInfo stage : scala.jdk.javaapi.CollectionConverters.asJava(job.stageInfos())) {
      if (stages.put(stage.stageId(), run) == null) {
        run.total.addAndGet(stage.numTasks());
      }
    }
    StepCount steps = run.steps;
    if (steps != null) {
      jobs.put(job.jobId(), steps);
      steps.started(job);
    }
  }

  @Override
  public void onJobEnd(SparkListenerJobEnd job) {
    StepCount steps = jobs.remove(job.jobId());
    if (steps != null) {
      steps.ended(job.jobId());
    }
  }

  @Override
  public void onTaskStart(SparkListenerTaskStart task) {
    Active run = stages.get(task.stageId());
    if (run != null) {
      run.running.incrementAndGet();
    }
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd task) {
    Active run = stages.get(task.stageId());
    if (run != null) {
      run.running.decrementAndGet();
    }
    if (run != null && task.taskInfo().successful()) {
      run.taskDone();
    }
  }

  private @Nullable Active of(@Nullable Properties properties) {
    String group = properties == null ? null : properties.getProperty(GROUP);
    return group == null ? null : active.get(group);
  }

  /** Ends one use of a run. */
  public interface Entry extends AutoCloseable {
    /** Tasks of the run that run now, as far as Spark has told. */
    int tasks();

    /** From now on something else is going on, whose tasks are counted from 0. */
    void phase(String now);

    /** The same, told by steps from the first one on, until the result is closed. */
    Following follow(Steps steps, String now);

    @Override
    void close();
  }

  /** The steps of a phase, which ends with them. */
  public interface Following extends AutoCloseable {
    /** A step is over that no job tells. */
    void step(String metric, double value);

    @Override
    void close();
  }

  private static final class Active {

    private final Run run;
    private final AtomicInteger uses = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicLong done = new AtomicLong();
    private final AtomicLong total = new AtomicLong();
    private volatile String what = "";
    private volatile long reported;
    private volatile @Nullable StepCount steps;

    Active(Run run) {
      this.run = run;
    }

    void phase(String now) {
      what = now;
      done.set(0);
      total.set(0);
    }

    void taskDone() {
      long count = done.incrementAndGet();
      long now = System.nanoTime();
      StepCount told = steps;
      if (told != null && told.telling()) {
        return;
      }
      if (count == total.get() || now - reported > PAUSE_NANOS) {
        reported = now;
        run.progress().accept(Progress.of(what, count, total.get(), "tasks"));
      }
    }
  }
}
