// A program for the spec of processes: it answers `/health/ready`, and what it does otherwise it is told by its environment.
import { createServer } from 'node:http';

const { PORT, FAILS, STOPS_WITH, GREETING = '' } = process.env;

if (FAILS) {
  process.stderr.write(`${FAILS}\n`);
  process.exit(78);
}
const server = createServer((_, response) => response.end(`${GREETING} ${process.pid}`));
server.listen(Number(PORT), '127.0.0.1', () => process.stdout.write('listening\n'));
process.on('SIGTERM', () => {
  process.stdout.write('stopping\n');
  if (STOPS_WITH !== 'never') process.exit(Number(STOPS_WITH ?? 0));
});
