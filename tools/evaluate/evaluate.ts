// Decisions judged on one's own history: `npm run evaluate -- <kind> <file.csv> [options]` (docs/how-to/judge-decisions-on-your-history.md).
import { runProgram } from '../client/program';
import { run, usage } from './command';

runProgram({ usage, run: async (args) => ({ text: await run(args), code: 0 }) });
