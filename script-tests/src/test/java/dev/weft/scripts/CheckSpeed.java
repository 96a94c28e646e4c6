package dev.weft.scripts;

import dev.weft.engine.Session;
import dev.weft.engine.SessionListener;
import dev.weft.engine.Submission;
import dev.weft.grammar.Source;
import dev.weft.server.Platform;
import dev.weft.server.PlatformSettings;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/**
 * No test but a measurement, so no build runs it: how long a warm session takes to check a script
 * of 1,000 statements. benchmarks/check_speed.sh starts it.
 */
class CheckSpeed {

  private static final int STATEMENTS = 1000;
  private static final int ROUNDS = 14;

  private static final List<String> QUERIES =
      List.of(
          "select id, person, amount * %1$d as value, upper(person) as name from orders_%2$d"
              + " where amount > %1$d as q_%1$d",
          "select person, sum(amount) as total, count(*) as n, avg(amount) as mean"
              + " from orders_%2$d group by person having count(*) > %1$d as q_%1$d",
          "select o.id, o.amount, p.name, case when o.amount > %1$d then 'much' else 'little' end"
              + " as kind from orders_%2$d as o left join people as p on o.person = p.id as q_%1$d",
          "with big as (select * from orders_%2$d where amount > %1$d) select person, amount,"
              + " rank() over (partition by person order by amount desc) as place from big"
              + " as q_%1$d",
          "select * from (select person, max(amount) as most from orders_%2$d group by person) t"
              + " where most in (select amount from orders_%2$d where id < %1$d) as q_%1$d",
          "save overwrite q_%3$d as parquet.`out/q_%1$d`",
          "assert (select count(*) from orders_%2$d) >= 0, 'number %1$d'",
          "load csv.`orders.csv` where header = true and inferSchema = true as orders_%1$d");

  @Test
  void measure() throws Exception {
    Path folder = Files.createTempDirectory("check-speed");
    Files.writeString(
        folder.resolve("orders.csv"), "id,person,amount\n1,1,2.5\n2,1,3.5\n3,2,10.0\n");
    Files.writeString(folder.resolve("people.csv"), "id,name\n1,Ann\n2,Ben\n");
    try (Platform platform = Platform.open(PlatformSettings.of(folder));
        Session session = platform.newSession()) {
      measure("ordinary", script(false), session, folder);
      measure("with INSERT and views", script(true), session, folder);
    }
  }

  private static void measure(String name, String text, Session session, Path folder) {
    List<Long> millis = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      Source source = new Source("speed.weft", text);
      long start = System.nanoTime();
      var errors =
          session.check(
              new Submission(source, folder, OptionalLong.empty()), new SessionListener() {});
      millis.add((System.nanoTime() - start) / 1_000_000);
      if (!errors.isEmpty()) {
        throw new IllegalStateException(errors.subList(0, 1).toString());
      }
    }
    System.out.printf(
        Locale.ROOT, "check of %d statements, %s, ms: %s%n", STATEMENTS, name, millis);
  }

  private static String script(boolean spark) {
    StringBuilder text = new StringBuilder();
    String load = "load csv.`%s.csv` where header = true and inferSchema = true as %s;\n";
    text.append(load.formatted("orders", "orders_0")).append(load.formatted("people", "people"));
    if (spark) {
      text.append("create table kept (id int, person int, amount double) using parquet;\n");
    }
    int loaded = 0;
    int query = 0;
    for (int i = 0; i < STATEMENTS - 2; i++) {
      if (spark && i % 10 == 9) {
        text.append("insert into kept select id, person, amount from orders_0;\n");
        continue;
      }
      int kind = i % QUERIES.size();
      text.append(QUERIES.get(kind).formatted(i, loaded, query)).append(";\n");
      query = kind < 5 ? i : query;
      loaded = kind == 7 ? i : loaded;
    }
    return text.toString();
  }
}
