/**
 * For `/bin/sh -c`: runs the program in its arguments, whose process id it says first. When our end of its standard input closes, however this
 * process died, the program is told to end, and made to end if it does not: nothing that a test starts outlives it.
 */
export const guard = `
trap : INT TERM
exec 3<&0
sh -c 'echo "$$"; exec "$@"' sh "$@" </dev/null 3<&- &
program=$!
{
  while read -r _ <&3; do :; done
  kill -TERM "$program"
  for _ in 1 2 3 4 5 6 7 8 9 10 11 12; do kill -0 "$program" || exit; sleep 1; done
  kill -9 "$program"
} >/dev/null 2>&1 &
watcher=$!
while :; do
  wait "$program"
  code=$?
  kill -0 "$program" 2>/dev/null || break
done
kill "$watcher" 2>/dev/null
exit "$code"
`;
