// What listeners could not take: look, send again, drop. `npm run dead-letters -- list|show|send|drop …` on a running Cartage.
import { messageOf, stackOf } from '@cartage/eventsourcing';
import { Trouble } from '../client/client';
import { plannedServices } from '../distributed/plan';
import { runCommand } from './command';

runCommand(
  process.argv.slice(2),
  plannedServices.map(({ name }) => name),
).then(
  ({ text, code }) => {
    console.log(text);
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Trouble ? messageOf(error) : stackOf(error));
    process.exitCode = 1;
  },
);
