// What is known of a person, and to have it forgotten: `npm run person -- export|erase|certificate …` on a running Cartage.
import { runProgram } from '../client/program';
import { runCommand, usage } from './command';

runProgram({ usage, run: (args) => runCommand(args), failed: 1 });
