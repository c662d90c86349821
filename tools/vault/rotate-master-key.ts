// Wraps every data key with MASTER_KEY; MASTER_KEY_PREVIOUS is the one that wrapped them before. May be broken off and run again.
import 'reflect-metadata';
import { environment, rotateMasterKey, StartFailure } from '@cartage/service-kit';

rotateMasterKey(environment()).then(
  (keys) => console.log(`${keys} data keys are wrapped anew. MASTER_KEY_PREVIOUS can be taken out of the settings of every process.`),
  (error: unknown) => {
    console.error(error instanceof StartFailure ? error.message : error);
    process.exit(1);
  },
);
