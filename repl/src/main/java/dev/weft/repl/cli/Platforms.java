package dev.weft.repl.cli;

import dev.weft.engine.Session;
import dev.weft.server.Platform;
import dev.weft.server.PlatformSettings;
import dev.weft.server.remote.RemoteSession;

/** Opens real hosts: the embedded platform of a project, or a server. */
public final class Platforms implements Host.Opener {

  @Override
  public Host open(Target target) {
    return target
        .url()
        .<Host>map(Platforms.Remote::connect)
        .orElseGet(() -> new Embedded(Platform.open(PlatformSettings.of(target.project()))));
  }

  /** All parts in this process. */
  private record Embedded(Platform platform) implements Host {
    @Override
    public Session newSession() {
      return platform.newSession();
    }

    @Override
    public void close() {
      platform.close();
    }
  }

  /** A server; each session is a connection of its own, the first is made at once. */
  private static final class Remote implements Host {

    private final String url;
    private final RemoteSession first;
    private boolean used;

    private Remote(String url) {
      this.url = url;
      this.first = RemoteSession.connect(url);
    }

    static Remote connect(String url) {
      return new Remote(url);
    }

    @Override
    public Session newSession() {
      if (used) {
        return RemoteSession.connect(url);
      }
      used = true;
      return first;
    }

    @Override
    public void close() {
      if (!used) {
        first.close();
      }
    }
  }
}
