// One order's whole story in one file, without what is personal, and its replay: `npm run support-bundle -- --order ID|replay FILE` (docs/how-to/look-into-an-order.md).
import 'reflect-metadata';
import { messageOf, stackOf } from '@cartage/eventsourcing';
import { environment, StartFailure } from '@cartage/service-kit';
import { services } from '@cartage/embedded/services';
import { Trouble } from '../client/client';
import { bundlesOf } from './bundles';
import { run } from './command';

run(process.argv.slice(2), bundlesOf(services, environment())).then(
  ({ text, code }) => {
    console.log(text);
    process.exitCode = code;
  },
  (error: unknown) => {
    console.error(error instanceof Trouble || error instanceof StartFailure ? messageOf(error) : stackOf(error));
    process.exitCode = 2;
  },
);
