// Old events of the logs, out of the tables into files: `npm run archive -- run|check` (docs/how-to/archive-the-log.md).
import 'reflect-metadata';
import { environment } from '@cartage/service-kit';
import { services } from '@cartage/embedded/services';
import { runProgram } from '../client/program';
import { archivesOf } from './archives';
import { run, usage } from './command';

runProgram({ usage, run: (args) => run(args, archivesOf(services, environment()), (line) => console.log(line)) });
