// One order's whole story in one file, without what is personal, and its replay: `npm run support-bundle -- --order ID|replay FILE` (docs/how-to/look-into-an-order.md).
import 'reflect-metadata';
import { environment } from '@cartage/service-kit';
import { services } from '@cartage/embedded/services';
import { endWith } from '../client/program';
import { bundlesOf } from './bundles';
import { run } from './command';

endWith(run(process.argv.slice(2), bundlesOf(services, environment())));
