// Compares the tables for analysts with what the services themselves keep (docs/how-to/answer-business-questions.md). Reads only.
import 'reflect-metadata';
import { environment } from '@cartage/service-kit';
import { endWith } from '../client/program';
import { run } from './command';
import { verify } from './verifying';

endWith(run(process.argv.slice(2), { databaseUrl: environment()['DATABASE_URL'], verify }));
