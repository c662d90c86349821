import { readFileSync } from 'node:fs';
import { messageOf, stackOf } from '@cartage/eventsourcing';
import { StartFailure } from '@cartage/service-kit';
import { Trouble } from './client';

/** What a program prints, and its exit code: 1 where something is not as it should be. */
export interface Done {
  readonly text: string;
  readonly code: number;
}

/** Ends a program that looks into the services’ databases: prints what it found, or what somebody has to mend in a line, and anything else with its stack. */
export const endWith = (work: Promise<Done>): void => {
  work.then(
    ({ text, code }) => {
      console.log(text);
      process.exitCode = code;
    },
    (error: unknown) => {
      console.error(error instanceof Trouble || error instanceof StartFailure ? messageOf(error) : stackOf(error));
      process.exitCode = 2;
    },
  );
};

/** Of the program that runs, which is that of the services where it is run from their image. */
export const versionsHere = (): Readonly<Record<string, string>> => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { readonly version: string };
  return { cartage: version, node: process.version, platform: `${process.platform} ${process.arch}` };
};
