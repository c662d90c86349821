// Decisions judged on one's own history: `npm run evaluate -- <kind> <file.csv> [options]` (docs/how-to/judge-decisions-on-your-history.md).
import { Trouble } from '../client/client';
import { run } from './command';

run(process.argv.slice(2)).then(
  (text) => console.log(text),
  (error: unknown) => {
    console.error(error instanceof Trouble ? error.message : error);
    process.exitCode = error instanceof Trouble ? 2 : 1;
  },
);
