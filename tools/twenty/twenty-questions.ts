// Twenty questions, each answered by the tables for analysts and by an independent pass over the invoices that were replayed. Reads only.
import 'reflect-metadata';
import { environment } from '@cartage/service-kit';
import { endWith } from '../client/program';
import { answerTwice } from './asking';
import { run } from './command';

endWith(run(process.argv.slice(2), { databaseUrl: environment()['DATABASE_URL'], answerTwice }));
