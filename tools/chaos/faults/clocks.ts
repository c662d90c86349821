import { existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The clocks of processes, each of which can be made wrong by so many seconds while it runs. */
export interface Clocks {
  /** What a process is told, so that it goes by a clock of its own. */
  environmentOf(name: string): Readonly<Record<string, string>>;
  set(name: string, seconds: number): void;
}

const LIBRARIES = '/usr/lib';

/** Debian and those after it keep it below the name of the machine's kind. */
const library = (): string | undefined =>
  existsSync(LIBRARIES)
    ? readdirSync(LIBRARIES)
        .map((folder) => join(LIBRARIES, folder, 'faketime', 'libfaketimeMT.so.1'))
        .find((file) => existsSync(file))
    : undefined;

/** By `faketime`: nothing where the machine has none. Timers go on as they are, and so does what is measured by them. */
export const clocksIn = (folder: string): Clocks | undefined => {
  const found = library();
  if (found === undefined) return undefined;
  mkdirSync(folder, { recursive: true });
  const fileOf = (name: string): string => join(folder, name.replace('/', '-'));
  const set = (name: string, seconds: number): void => writeFileSync(fileOf(name), `${seconds < 0 ? '-' : '+'}${Math.abs(seconds)}\n`);
  return {
    set,
    environmentOf: (name) => {
      set(name, 0);
      return { LD_PRELOAD: found, FAKETIME_TIMESTAMP_FILE: fileOf(name), FAKETIME_CACHE_DURATION: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
    },
  };
};
