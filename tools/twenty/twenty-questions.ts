// Twenty questions, each answered by the tables for analysts and by an independent pass over the invoices that were replayed. Reads only.
import 'reflect-metadata';
import { databaseUrlIn, environment } from '@cartage/service-kit';
import { runProgram } from '../client/program';
import { answerTwice } from './asking';
import { run, usage } from './command';

runProgram({ usage, run: (args) => run(args, { databaseUrl: databaseUrlIn(environment()), answerTwice }) });
