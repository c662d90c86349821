// One program for everything that people ask of Cartage from a shell: `npx cartage --help`.
import 'reflect-metadata';
import { endWith } from '../client/program';
import { commands } from './commands';
import { run } from './run';

endWith(run(process.argv.slice(2), commands, { say: (line) => console.log(line), note: (line) => console.error(line) }));
