// Proves that the logs are what was signed for (docs/how-to/prove-the-log.md). Reads only.
import 'reflect-metadata';
import { isError } from '@cartage/eventsourcing';
import { environment, publicKeyOfLogs, StartFailure, verifyLogs } from '@cartage/service-kit';
import { Trouble } from '../client/client';
import { run } from './command';

const logs = { verify: verifyLogs.bind(undefined, environment()), publicKey: () => publicKeyOfLogs(environment()) };

run(process.argv.slice(2), logs).then(
  ({ text, code }) => {
    console.log(text);
    process.exitCode = code;
  },
  (error: unknown) => {
    const known = error instanceof Trouble || error instanceof StartFailure || (isError(error) && error.name === 'RangeError');
    console.error(known ? error.message : error);
    process.exitCode = 2;
  },
);
