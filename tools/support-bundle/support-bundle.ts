// One order's whole story in one file, without what is personal, and its replay: `npm run support-bundle -- --order ID|replay FILE` (docs/how-to/look-into-an-order.md).
import 'reflect-metadata';
import { environment } from '@cartage/service-kit';
import { services } from '@cartage/embedded/services';
import { runProgram } from '../client/program';
import { bundlesOf } from './bundles';
import { run, usage } from './command';

runProgram({ usage, run: (args) => run(args, bundlesOf(services, environment())) });
