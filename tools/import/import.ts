// Orders, stock, settlements or carriers' invoices out of files into a running Cartage: see `usage`.
import { runProgram } from '../client/program';
import { run, usage } from './command';

runProgram({ usage, run: async (args) => ({ text: '', code: await run(args) }), failed: 1 });
