// All data of all services at one instant, and back: `npm run backup -- take|check|restore <folder>` (docs/how-to/back-up-and-restore.md).
import 'reflect-metadata';
import { messageOf, stackOf } from '@cartage/eventsourcing';
import { environment, StartFailure } from '@cartage/service-kit';
import { services } from '@cartage/embedded/services';
import { Trouble } from '../client/client';
import { backupsOf } from './backups';
import { run } from './command';

run(process.argv.slice(2), backupsOf(services, environment())).then(
  ({ text, code }) => {
    console.log(text);
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Trouble || error instanceof StartFailure ? messageOf(error) : stackOf(error));
    process.exitCode = 2;
  },
);
