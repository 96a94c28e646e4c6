#!/bin/sh
# Prints how long a warm session takes to check a script of 1,000 statements, round after round.
set -eu
cd -- "$(dirname -- "$0")/.."
mvn -q -DskipChecks -pl script-tests -am test -Dtest=CheckSpeed -Dtest.jvm.quick= -Dsurefire.failIfNoSpecifiedTests=false |
  grep 'check of'
