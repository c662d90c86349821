// What is known of a person, and to have it forgotten: `npm run person -- export|erase|certificate …` on a running Cartage.
import { messageOf, stackOf } from '@cartage/eventsourcing';
import { Trouble } from '../client/client';
import { runCommand } from './command';

runCommand(process.argv.slice(2)).then(
  ({ text, note, code }) => {
    console.log(text);
    if (note !== undefined) console.error(note);
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Trouble ? messageOf(error) : stackOf(error));
    process.exitCode = 1;
  },
);
