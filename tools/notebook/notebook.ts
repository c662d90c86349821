// A page out of a notebook: text, questions in SQL with their answers, and pictures of them. Reads only.
import 'reflect-metadata';
import { databaseUrlIn, environment } from '@cartage/service-kit';
import { runProgram } from '../client/program';
import { askingAt } from './asking';
import { run, usage } from './command';
import { drawn } from './drawing';

runProgram({ usage, run: (args) => run(args, { databaseUrl: databaseUrlIn(environment()), askingAt, draw: drawn }) });
