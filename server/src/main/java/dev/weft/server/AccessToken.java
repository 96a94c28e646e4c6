package dev.weft.server;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The secret that a client of this server shows: 256 random bits, made anew at each start. */
public final class AccessToken {

  private static final SecureRandom RANDOM = new SecureRandom();

  private final String text;

  private AccessToken(String text) {
    this.text = text;
  }

  /** A new one. */
  public static AccessToken generate() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return new AccessToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
  }

  /** Whether a client showed this token; takes as long for a near miss as for a far one. */
  public boolean matches(String shown) {
    return MessageDigest.isEqual(bytes(text), bytes(shown));
  }

  /** The token itself, for the line that tells the user how to connect. */
  public String reveal() {
    return text;
  }

  /** Nothing of the token, so that it cannot reach a log by accident. */
  @Override
  public String toString() {
    return "AccessToken";
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
