package dev.weft.server.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.util.Optional;
import java.util.TimeZone;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TimeReaderTest {

  private final TimeZone before = TimeZone.getDefault();

  @BeforeEach
  void awayFromGreenwich() {
    TimeZone.setDefault(TimeZone.getTimeZone("Asia/Kolkata"));
  }

  @AfterEach
  void back() {
    TimeZone.setDefault(before);
  }

  @Test
  void aDayHasTheSecondsThatTrainingGivesIt() {
    assertThat(text("1970-01-02", "date")).contains(86_400.0);
    assertThat(text("1970-01-02 10:00:00", "date")).isEmpty();
    assertThat(text("1970-02-30", "date")).isEmpty();
  }

  @Test
  void aTimeWithoutOffsetIsOfThisMachine() {
    double midnight = 86_400 - 19_800;
    assertThat(text("1970-01-02", "timestamp")).contains(midnight);
    assertThat(text("1970-01-02 00:00:00.5", "timestamp")).contains(midnight + 0.5);
    assertThat(text("1970-01-02T00:00", "timestamp_ntz")).contains(midnight);
  }

  @Test
  void anOffsetDecides() {
    assertThat(text("1970-01-02T00:00:00Z", "timestamp")).contains(86_400.0);
    assertThat(text("1970-01-02 01:00:00+01:00", "timestamp")).contains(86_400.0);
    assertThat(text("1970-01-02T01:00:00+0100", "timestamp")).contains(86_400.0);
    assertThat(text("1970-01-02T00:00:00Z", "timestamp_ntz")).isEmpty();
  }

  @Test
  void secondsAreTakenAsTheyAre() {
    assertThat(TimeReader.seconds(DoubleNode.valueOf(12.5), "timestamp")).contains(12.5);
    assertThat(TimeReader.seconds(DoubleNode.valueOf(86_400), "date")).contains(86_400.0);
  }

  @Test
  void otherThingsAreNoTimes() {
    assertThat(text("soon", "timestamp")).isEmpty();
    assertThat(text("", "date")).isEmpty();
    assertThat(TimeReader.seconds(BooleanNode.TRUE, "timestamp")).isEmpty();
  }

  private static Optional<Object> text(String text, String type) {
    return TimeReader.seconds(TextNode.valueOf(text), type);
  }
}
