package dev.weft.spark.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.Progress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepCountTest {

  private final AtomicLong seconds = new AtomicLong();
  private final List<Progress> told = new ArrayList<>();

  private StepCount count(Steps steps) {
    return new StepCount(steps, "training", told::add, () -> seconds.get() * 1_000_000_000L);
  }

  private List<String> told() {
    return told.stream()
        .map(
            one ->
                one.done()
                    + "/"
                    + one.total()
                    + (one.secondsLeft().isPresent() ? " " + one.secondsLeft().getAsDouble() : ""))
        .toList();
  }

  @Test
  void jobsThatEndAreSteps() {
    StepCount count = count(Steps.counted("collect at K.scala", 0, "iterations", 5));
    for (int job = 0; job < 3; job++) {
      seconds.addAndGet(10);
      count.started(2 * job, List.of("map at K.scala:7", "collect at K.scala:12"));
      count.started(2 * job + 1, List.of("collect at K.scalar:12", "sum at K.scala:3"));
      count.ended(2 * job + 1);
      count.ended(2 * job);
      count.ended(2 * job);
    }
    count.end();
    assertThat(told()).containsExactly("1/5", "2/5 30.0", "3/5 20.0", "3/3");
  }

  @Test
  void whatComesBeforeTheFirstStepIsNone() {
    StepCount count = count(Steps.counted("fit at G.scala", 1, "iterations", 5));
    count.started(1, List.of("fit at G.scala:1"));
    count.ended(1);
    count.end();
    assertThat(told).isEmpty();
  }

  @Test
  void namesTellTheStepThatBegins() {
    StepCount count = count(Steps.numbered("counts at iter=(\\d+)", 0, "trees", 4));
    for (int tree = 0; tree < 3; tree++) {
      seconds.addAndGet(4);
      count.started(1, List.of("data", "counts at iter=" + tree, "errors at iter=9"));
      count.started(2, List.of("counts at iter=" + tree, "counts at iter=0"));
      count.started(3, List.of("nothing"));
    }
    count.end();
    assertThat(told()).containsExactly("1/4", "2/4 8.0", "4/4");
  }

  @Test
  void nothingIsToldOnceItIsOver() {
    StepCount count = count(Steps.numbered("items-(\\d+)", 1, "iterations", 0));
    count.started(1, List.of("items-1", "items-3"));
    assertThat(count.telling()).isTrue();
    count.end();
    count.end();
    count.started(2, List.of("items-4"));
    assertThat(told()).containsExactly("2/0", "2/2");
    assertThat(count.telling()).isFalse();
  }

  @Test
  void moreStepsThanWereAnnouncedAreAllOfThem() {
    StepCount count = count(Steps.counted("fit at G.scala", 0, "iterations", 1));
    for (int job = 0; job < 2; job++) {
      count.started(job, List.of("fit at G.scala:1"));
      count.ended(job);
    }
    assertThat(told()).containsExactly("1/1", "2/2 0.0");
  }

  @Test
  void stepsThatNoJobTells() {
    StepCount count = count(Steps.followed("iterations", 3));
    count.started(1, List.of("", "anything at all"));
    count.ended(1);
    count.step("loss", 0.5);
    seconds.addAndGet(7);
    count.step("loss", 0.25);
    count.end();
    assertThat(told()).containsExactly("1/3", "2/3 7.0", "2/2");
    assertThat(told.get(1).metric()).contains("loss");
    assertThat(told.get(1).value()).hasValue(0.25);
  }
}
