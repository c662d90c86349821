// All data of all services at one instant, and back: `npm run backup -- take|check|restore <folder>` (docs/how-to/back-up-and-restore.md).
import 'reflect-metadata';
import { environment } from '@cartage/service-kit';
import { services } from '@cartage/embedded/services';
import { runProgram } from '../client/program';
import { backupsOf } from './backups';
import { run, usage } from './command';

runProgram({ usage, run: (args) => run(args, backupsOf(services, environment())) });
