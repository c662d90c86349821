// Old events of the logs, out of the tables into files: `npm run archive -- run|check` (docs/how-to/archive-the-log.md).
import 'reflect-metadata';
import { environment } from '@cartage/service-kit';
import { services } from '@cartage/embedded/services';
import { endWith } from '../client/program';
import { archivesOf } from './archives';
import { run } from './command';

endWith(run(process.argv.slice(2), archivesOf(services, environment()), (line) => console.log(line)));
