package dev.weft.server.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weft.engine.Progress;
import dev.weft.engine.SessionListener;
import dev.weft.grammar.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;

class EventJsonTest {

  private static final Source SOURCE = new Source("s.weft", "train t as lightgbm.m label y");

  @Test
  void progressArrivesAsItWasSent() {
    Progress full =
        new Progress(
            "training",
            30,
            100,
            "iterations",
            Optional.of("auc"),
            OptionalDouble.of(0.91),
            OptionalDouble.of(95.4));

    assertThat(heard(full)).containsExactly(full);
  }

  @Test
  void whatIsNotKnownIsNotSent() {
    Progress rows = Progress.of("sending rows", 0, 0, "rows");

    assertThat(EventJson.progress(rows).has("seconds_left")).isFalse();
    assertThat(heard(rows)).containsExactly(rows);
  }

  private static List<Progress> heard(Progress sent) {
    List<Progress> heard = new ArrayList<>();
    SessionListener listener =
        new SessionListener() {
          @Override
          public void progress(Progress progress) {
            heard.add(progress);
          }
        };
    EventJson.tell(EventJson.progress(sent), SOURCE, listener);
    return heard;
  }
}
