// Compares the tables for analysts with what the services themselves keep (docs/how-to/answer-business-questions.md). Reads only.
import 'reflect-metadata';
import { databaseUrlIn, environment } from '@cartage/service-kit';
import { runProgram } from '../client/program';
import { run, usage } from './command';
import { verify } from './verifying';

runProgram({ usage, run: (args) => run(args, { databaseUrl: databaseUrlIn(environment()), verify }) });
