#!/bin/sh
# Tries the launcher in a checkout of its own, with a stand-in for Maven that counts its calls.
# Needs LAUNCHER, SCRATCH, JAVA_HOME and TEST_CLASS_PATH; LauncherTest gives them.
set -eu

fail() {
  echo "launcher.sh: $1" >&2
  exit 1
}

expect() { # what, wanted, found
  [ "$2" = "$3" ] || fail "$1: expected '$2', found '$3'"
}

home="$SCRATCH/a check out"
mkdir -p "$home/repl/src/main/launcher" "$home/.mvn" "$SCRATCH/bin" "$SCRATCH/empty"
cp "$LAUNCHER" "$home/weft"
cp "${LAUNCHER%/*}/repl/src/main/launcher/build.sh" "$home/repl/src/main/launcher/"
echo '<project/>' >"$home/pom.xml"
cp "$home/pom.xml" "$home/repl/pom.xml"

cat >"$SCRATCH/bin/mvn" <<EOF
#!/bin/sh
echo call >>'$SCRATCH/calls'
echo "\$@" >'$SCRATCH/arguments'
[ ! -e '$SCRATCH/break' ] || { echo 'the planted mistake'; exit 1; }
sleep 1
mkdir -p '$home/repl/target/launch'
printf '%s' "\$TEST_CLASS_PATH" >'$home/repl/target/launch/classpath'
cp '$SCRATCH/calls' '$home/repl/target/repl-0.jar'
EOF
chmod +x "$SCRATCH/bin/mvn"
PATH="$SCRATCH/bin:$PATH"
calls() { wc -l <"$SCRATCH/calls" | tr -d ' '; }

# Two at once build once.
cd "$SCRATCH"
"$home/weft" --version >one 2>one.err &
first=$!
"$home/weft" --version >two 2>two.err || fail "the second start failed: $(cat two.err)"
wait "$first" || fail "the first start failed: $(cat one.err)"
expect 'builds of two starts' 1 "$(calls)"
grep -q '^weft ' one && grep -q '^weft ' two || fail 'no version printed'

# What is built is not built again, also not through links, without HOME or from elsewhere.
ln -s "$home/weft" "$SCRATCH/link"
ln -s link "$SCRATCH/link to link"
cd /
env -u HOME "$SCRATCH/link to link" --version >/dev/null 2>"$SCRATCH/err" ||
  fail "through a link: $(cat "$SCRATCH/err")"
expect 'stderr of a second start' '' "$(cat "$SCRATCH/err")"
expect 'builds after a second start' 1 "$(calls)"

# What an editor leaves beside a source is no source.
touch "$home/repl/src/main/.A.java.swp" "$home/repl/src/main/A.java~" "$home/pom.xml.swp"
touch "$home/repl/src/main/#A.java#" "$home/.mvn/.#jvm.config"
rm "$home/pom.xml.swp"
"$home/weft" --version >/dev/null 2>&1
expect 'builds after a swap file' 1 "$(calls)"

# Exit codes come through.
code=0
"$home/weft" run >/dev/null 2>&1 || code=$?
expect 'exit code of a wrong command line' 2 "$code"

# A newer source is built again, with --offline passed on.
sleep 1
echo 'class A {}' >"$home/repl/src/main/A.java"
"$home/weft" --offline --version >/dev/null 2>&1
expect 'builds after an edit' 2 "$(calls)"
grep -q -- ' -o ' "$SCRATCH/arguments" || fail "--offline is not passed on"

# So is a source that is gone, into a folder that the builds before it do not share.
current() { cat "$home/.cache/launch/current"; }
before=$(current)
mkfifo "$SCRATCH/stdin"
"$home/weft" run - <"$SCRATCH/stdin" >/dev/null 2>&1 &
exec 3>"$SCRATCH/stdin"
until grep -qsF "@$home/.cache/launch/$before/weft.args" /proc/[0-9]*/cmdline; do sleep 1; done
rm "$home/repl/src/main/A.java"
"$home/weft" --version >/dev/null 2>&1
expect 'builds after a deletion' 3 "$(calls)"
[ "$before" != "$(current)" ] || fail 'a build went into the folder of the one before'
expect 'the jar of an older build' 2 "$(wc -l <"$home/.cache/launch/$before/lib/repl-0.jar" | tr -d ' ')"
expect 'the jar of the newest build' 3 "$(wc -l <"$home/.cache/launch/$(current)/lib/repl-0.jar" | tr -d ' ')"
echo 'class A {}' >"$home/repl/src/main/A.java"
"$home/weft" --version >/dev/null 2>&1

# A lock whose holder is gone does not stop anybody.
sleep 1
touch "$home/repl/src/main/A.java"
mkdir "$home/.cache/build.lock"
sh -c 'echo $$' >"$home/.cache/build.lock/pid"
"$home/weft" --version >/dev/null 2>&1
expect 'builds after a left lock' 5 "$(calls)"

# A build that fails says so and shows its log.
sleep 1
touch "$home/repl/src/main/A.java" "$SCRATCH/break"
code=0
"$home/weft" --version >/dev/null 2>"$SCRATCH/err" || code=$?
expect 'exit code of a failed build' 2 "$code"
grep -q 'the planted mistake' "$SCRATCH/err" || fail 'the log is not shown'
[ ! -e "$home/.cache/build.lock" ] || fail 'the lock is left'
rm "$SCRATCH/break"
"$home/weft" --version >/dev/null 2>&1 || fail 'no start after a mended build'

# Old builds go when nothing runs from them, all but the last; nothing half-made is left.
kept() { ls -d "$home/.cache/launch"/*/ | wc -l | tr -d ' '; }
expect 'builds kept beside a running one' 3 "$(kept)"
[ -d "$home/.cache/launch/$before" ] || fail 'the build that runs is gone'
exec 3>&-
wait "$!" || :
sleep 1
touch "$home/repl/src/main/A.java"
"$home/weft" --version >/dev/null 2>&1
expect 'builds kept in the end' 2 "$(kept)"

# Maven, or the compiler, missing is one sentence, and what is built starts all the same.
mkdir "$SCRATCH/tools"
for tool in sh dirname readlink cat find sort ls sed stty mkdir rm; do
  ln -s "$(command -v $tool)" "$SCRATCH/tools/$tool"
done
PATH="$SCRATCH/tools" "$home/weft" --version >/dev/null 2>"$SCRATCH/err" ||
  fail "no start without Maven: $(cat "$SCRATCH/err")"
touch "$home/repl/src/main/A.java"
code=0
PATH="$SCRATCH/tools" "$home/weft" --version >/dev/null 2>"$SCRATCH/err" || code=$?
expect 'exit code without Maven' 2 "$code"
expect 'lines about Maven' 1 "$(wc -l <"$SCRATCH/err" | tr -d ' ')"
grep -q 'there is no Maven; install' "$SCRATCH/err" || fail "Maven: $(cat "$SCRATCH/err")"
[ ! -e "$home/.cache/build.lock" ] || fail 'the lock is left without Maven'
"$home/weft" --version >/dev/null 2>&1

# Java missing or wrong is one sentence.
code=0
JAVA_HOME="$SCRATCH/empty" "$home/weft" --version 2>"$SCRATCH/err" || code=$?
expect 'exit code without Java' 2 "$code"
expect 'lines about Java' 1 "$(wc -l <"$SCRATCH/err" | tr -d ' ')"
mkdir -p "$SCRATCH/old/bin"
echo 'JAVA_VERSION="11.0.2"' >"$SCRATCH/old/release"
cp "$SCRATCH/bin/mvn" "$SCRATCH/old/bin/java"
JAVA_HOME="$SCRATCH/old" "$home/weft" --version 2>"$SCRATCH/err" && fail 'Java 11 was accepted'
grep -q "Java is '11.0.2'" "$SCRATCH/err" || fail "no word about Java 11: $(cat "$SCRATCH/err")"

# Broken pipes end quietly, signals keep their codes: exec leaves both to Java.
"$home/weft" --help 2>"$SCRATCH/err" | head -n 1 >/dev/null
expect 'stderr behind a closed pipe' '' "$(cat "$SCRATCH/err")"
echo passed
