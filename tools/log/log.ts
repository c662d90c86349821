// Proves that the logs are what was signed for (docs/how-to/prove-the-log.md). Reads only.
import 'reflect-metadata';
import { environment, publicKeyOfLogs, verifyLogs } from '@cartage/service-kit';
import { runProgram } from '../client/program';
import { run, usage } from './command';

const logs = { verify: verifyLogs.bind(undefined, environment()), publicKey: () => publicKeyOfLogs(environment()) };

runProgram({ usage, run: (args) => run(args, logs) });
