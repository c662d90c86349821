// Wraps every data key with MASTER_KEY; MASTER_KEY_PREVIOUS is the one that wrapped them before. May be broken off and run again.
import 'reflect-metadata';
import { environment, rotateMasterKey } from '@cartage/service-kit';
import { requireNone, runProgram, type Done } from '../client/program';

const usage = `Usage: npm run rotate-master-key
It takes no arguments: MASTER_KEY is the new key, MASTER_KEY_PREVIOUS the one before; DATABASE_URL (and VAULT_DATABASE_URL), as the services have them.`;

const run = async (args: readonly string[]): Promise<Done> => {
  requireNone(args, usage);
  const keys = await rotateMasterKey(environment());
  return { text: `${keys} data keys are wrapped anew. MASTER_KEY_PREVIOUS can be taken out of the settings of every process.`, code: 0 };
};

runProgram({ usage, run, failed: 1 });
