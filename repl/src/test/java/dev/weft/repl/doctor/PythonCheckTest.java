package dev.weft.repl.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PythonCheckTest {

  @Test
  void withoutAnAddressRayIsOurOwn() {
    assertThat(PythonCheck.ray("").line()).startsWith("ok ").contains("one of Weft's own");
  }

  @Test
  void aRayThatIsNamedHasToListen() throws Exception {
    String address;
    try (ServerSocket head = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      address = "127.0.0.1:" + head.getLocalPort();
      assertThat(PythonCheck.ray(address).line()).startsWith("ok ").contains(address);
    }
    assertThat(PythonCheck.ray(address).line())
        .startsWith("missing ")
        .contains("nothing listens at '" + address + "'");
  }

  @ParameterizedTest
  @ValueSource(strings = {"head", "head:port", ":1", "127.0.0.1:99999"})
  void whatIsNoAddressIsSaid(String address) {
    assertThat(PythonCheck.ray(address).line()).startsWith("missing ").contains(address);
  }
}
