package dev.weft.repl.cli;

import dev.weft.repl.doctor.Checkup;
import dev.weft.repl.doctor.Finding;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code weft doctor}: what this machine has and lacks. */
@Command(
    name = "doctor",
    description = "Says what this machine has and lacks.",
    usageHelpAutoWidth = true)
final class DoctorCommand implements Callable<Integer> {

  @Mixin CommonOptions common = new CommonOptions();

  private final Console console;

  DoctorCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() throws IOException {
    List<Finding> findings = Checkup.ofThisMachine();
    for (Finding finding : findings) {
      console.out().append(finding.line()).append('\n');
    }
    return findings.stream().anyMatch(f -> f.state() == Finding.State.MISSING) ? 1 : 0;
  }
}
