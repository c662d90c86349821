// What listeners could not take: look, send again, drop. `npm run dead-letters -- list|show|send|drop …` on a running Cartage.
import { runProgram } from '../client/program';
import { plannedServices } from '../distributed/plan';
import { runCommand, usage } from './command';

const names = plannedServices.map(({ name }) => name);

runProgram({ usage, run: (args) => runCommand(args, names), failed: 1 });
