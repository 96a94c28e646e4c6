# Builds Weft for the launcher, which reads this file only when something is to be built.

lock=$cache/build.lock
log=$cache/build.log

holder_lives() {
  holder=$(cat "$lock/pid" 2>/dev/null) || holder=
  if [ -n "$holder" ]; then
    kill -0 "$holder" 2>/dev/null
  else
    [ -z "$(find "$lock" -prune -mmin +1 2>/dev/null)" ]
  fi
}

# Only one start builds; a lock whose holder is gone is cleared by one start alone.
take_lock() {
  { mkdir -p -- "$builds" && [ -w "$cache" ] && [ -w "$builds" ]; } 2>/dev/null ||
    fail "Weft must be built and '$cache' cannot be written to; make it writable"
  said=
  until mkdir -- "$lock" 2>/dev/null; do
    if ! holder_lives && mkdir -- "$lock.clearing" 2>/dev/null; then
      holder_lives || rm -rf -- "$lock"
      rmdir -- "$lock.clearing"
    elif [ -n "$(find "$lock.clearing" -prune -mmin +1 2>/dev/null)" ]; then
      rmdir -- "$lock.clearing" 2>/dev/null || :
    else
      [ -n "$said" ] || echo 'weft: waiting for another start to finish building' >&2
      said=yes
      sleep 1
    fi
  done
  trap release_lock EXIT
  echo $$ >"$lock/pid"
}

release_lock() {
  trap - EXIT
  rm -rf -- "$lock"
}

# Runs a command in the background with its output in the log; shows on a terminal how long it takes.
step() {
  title=$1
  shift
  if [ -t 2 ]; then end='\r'; else end='\n'; fi
  printf "weft: %s …$end" "$title" >&2
  "$@" >>"$log" 2>&1 </dev/null &
  running=$!
  seconds=0
  while kill -0 "$running" 2>/dev/null; do
    sleep 1
    seconds=$((seconds + 1))
    [ ! -t 2 ] || printf '\rweft: %s … %s s ' "$title" "$seconds" >&2
  done
  [ ! -t 2 ] || printf '\r\033[K' >&2
  code=0
  wait "$running" || code=$?
  running=
  return "$code"
}

abandon() {
  [ -z "${running:-}" ] || kill "$running" 2>/dev/null || :
  exit "$1"
}

quoted() {
  printf '"%s"\n' "$(printf '%s' "$1" | sed 's/[\\"]/\\&/g')"
}

# The class path, with our own jars copied: Maven writes over those in target/.
class_path() {
  mkdir -- "$launch/lib"
  own=$(ls "$WEFT_HOME"/repl/target/repl-*.jar | head -n 1)
  printf '%s:%s\n' "$own" "$(cat "$WEFT_HOME/repl/target/launch/classpath")" | tr ':' '\n' |
    while IFS= read -r jar; do
      case $jar in
        "$WEFT_HOME"/*)
          cp -- "$jar" "$launch/lib/"
          printf '%s:' "$launch/lib/${jar##*/}"
          ;;
        *) printf '%s:' "$jar" ;;
      esac
    done
}

# The JVM's options, one a line, in a file: a class path of 300 jars is too long for a command line.
write_args() {
  {
    for package in lang lang.invoke lang.reflect io net nio util util.concurrent \
      util.concurrent.atomic; do
      printf '%s\n' "--add-opens=java.base/java.$package=ALL-UNNAMED"
    done
    for package in jdk.internal.ref sun.nio.ch sun.nio.cs sun.security.action sun.util.calendar; do
      printf '%s\n' "--add-opens=java.base/$package=ALL-UNNAMED"
    done
    printf '%s\n' -Djdk.reflect.useDirectMethodHandle=false \
      -Dio.netty.tryReflectionSetAccessible=true -Dlog4j2.disableJmx=true \
      -Dfile.encoding=UTF-8 -XX:+UseSerialGC -Xss4m -Xlog:disable -Xlog:all=error:stderr \
      -Xshare:auto
    # A start is over before most code is hot: the costly compiler waits for what really is.
    printf '%s\n' -XX:Tier4InvocationThreshold=30000 -XX:Tier4MinInvocationThreshold=10000 \
      -XX:Tier4CompileThreshold=50000 -XX:Tier4BackEdgeThreshold=120000
    echo -cp
    quoted "$(class_path)"
  } >"$launch/weft.args"
}

# The classes of a first query, parsed and checked, for the next JVM to map into memory.
archive() {
  query='select id % 7 as k, count(*) as n from range(100) group by 1 order by 2'
  [ -n "${WEFT_NO_ARCHIVE:-}" ] || step 'preparing a fast start' "$java" \
    "-XX:ArchiveClassesAtExit=$launch/dump.jsa" "@$launch/weft.args" dev.weft.repl.Main \
    --project "$launch" -e "$query" || echo "the first query ended with $?" >>"$log"
  if [ -f "$launch/dump.jsa" ]; then
    mv -f -- "$launch/dump.jsa" "$launch/weft-$version.jsa"
  else
    : >"$launch/no-archive-$version"
    [ -n "${WEFT_NO_ARCHIVE:-}" ] ||
      echo 'weft: no class archive was made; starts take longer' >&2
  fi
}

# Whether a process runs from a build.
in_use() {
  if [ -d /proc/self ]; then
    grep -qsF -- "@$1/weft.args" /proc/[0-9]*/cmdline
  else
    ps -A -o args= | grep -v grep | grep -qF -- "@$1/weft.args"
  fi
}

# The build before this one stays until the next: a start may just have read its name.
remove_old_builds() { # the two that stay
  for old in "$builds"/*/; do
    old=${old%/}
    case ${old##*/} in
      "$1" | "${2:-$1}") ;;
      *) in_use "$old" || rm -rf -- "$old" ;;
    esac
  done
}

build() {
  maven=$(command -v mvn) ||
    fail "Weft must be built and there is no Maven; install Maven 3.8 or newer"
  [ -x "$java_home/bin/javac" ] ||
    fail "Weft must be built and '$java_home' has no compiler; set JAVA_HOME to a JDK 17 or 21"
  : >"$log"
  before=$id
  id=$(date +%Y%m%d-%H%M%S)-$$
  launch=$builds/$id
  mkdir -- "$launch"
  : >"$launch/begun"
  sources "$launch/begun" | uniq >"$launch/sources"
  JAVA_HOME=$java_home
  export JAVA_HOME
  if ! step 'building' "$maven" -f "$WEFT_HOME/pom.xml" -q $offline -Dmaven.test.skip -DskipChecks \
    -pl repl -am package; then
    tail -n 20 -- "$log" >&2
    rm -rf -- "$launch"
    printf 'weft: the build failed; its log is %s\n' "$log" >&2
    exit 2
  fi
  write_args
  archive
  printf '%s\n' "$id" >"$builds/next"
  mv -f -- "$builds/next" "$builds/current"
  remove_old_builds "$id" "$before"
}

trap 'abandon 130' INT
trap 'abandon 143' TERM HUP
take_lock
if stale; then
  build
elif unarchived; then
  : >"$log"
  archive
fi
release_lock
trap - INT TERM HUP
