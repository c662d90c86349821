// All data of all services at one instant, and back: `npm run backup -- take|check|restore <folder>` (docs/how-to/back-up-and-restore.md).
import 'reflect-metadata';
import { environment } from '@cartage/service-kit';
import { services } from '@cartage/embedded/services';
import { endWith } from '../client/program';
import { backupsOf } from './backups';
import { run } from './command';

endWith(run(process.argv.slice(2), backupsOf(services, environment())));
