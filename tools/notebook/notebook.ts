// A page out of a notebook: text, questions in SQL with their answers, and pictures of them. Reads only.
import 'reflect-metadata';
import { environment } from '@cartage/service-kit';
import { endWith } from '../client/program';
import { askingAt } from './asking';
import { run } from './command';
import { drawn } from './drawing';

endWith(run(process.argv.slice(2), { databaseUrl: environment()['DATABASE_URL'], askingAt, draw: drawn }));
