// Orders, stock, settlements or carriers' invoices out of files into a running Cartage: see `usage`.
import { messageOf, stackOf } from '@cartage/eventsourcing';
import { Trouble } from '../client/client';
import { run } from './command';

run(process.argv.slice(2)).then(
  (code) => (process.exitCode = code),
  (error: unknown) => {
    console.error(error instanceof Trouble ? messageOf(error) : stackOf(error));
    process.exitCode = 1;
  },
);
