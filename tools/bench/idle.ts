import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { startEmbeddedProcess } from './embedded-process';
import type { Figure } from './figure';
import { postmasterOf, usageOf } from './machine';
import { withFolder } from './places';

/** How long a start takes, with an empty folder and with data, and what is used while nothing happens. */
export const idle = (seconds: number): Promise<readonly Figure[]> =>
  withFolder(async (folder) => {
    const cold = await startEmbeddedProcess(folder);
    await cold.stop();
    const warm = await startEmbeddedProcess(folder);
    try {
      const roots = [warm.pid, postmasterOf(join(folder, 'postgres'))];
      await pause(2_000);
      const before = usageOf(roots);
      await pause(seconds * 1000);
      const cores = (usageOf(roots).cpuSeconds - before.cpuSeconds) / seconds;
      return [
        { name: 'start on an empty folder', value: cold.startMs, unit: 'ms', note: 'the database is made' },
        { name: 'start', value: warm.startMs, unit: 'ms', goal: { must: 2_500, better: 'less' } },
        { name: 'CPU while nothing happens', value: cores * 100, unit: '% of a core' },
        { name: 'memory of Node while nothing happens', value: usageOf([warm.pid]).rssMb, unit: 'MB' },
      ];
    } finally {
      await warm.stop();
    }
  });
