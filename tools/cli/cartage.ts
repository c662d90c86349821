// One program for everything that people ask of Cartage from a shell: `npx cartage --help`.
import 'reflect-metadata';
import { isError, messageOf, stackOf } from '@cartage/eventsourcing';
import { commands } from './commands';
import { run } from './run';

/** By their names: what throws them is loaded with the command only. */
const isToMend = (error: unknown): boolean => isError(error) && ['Trouble', 'StartFailure', 'RangeError'].includes(error.name);

// Whoever reads no further, such as `head`, is no trouble.
process.stdout.on('error', () => process.exit(0));

run(process.argv.slice(2), commands, { say: (line) => console.log(line), note: (line) => console.error(line) }).then(
  ({ text, note, code }) => {
    if (text !== '') console.log(text);
    if (note !== undefined) console.error(note);
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(isToMend(error) ? messageOf(error) : stackOf(error));
    process.exitCode = 2;
  },
);
