import { readFileSync } from 'node:fs';
import { Topics } from '@cartage/contracts';

/** What the program of the browser says, which is nobody's to import here. */
const [, said = ''] = /export const topics = \[([^\]]*)\]/.exec(readFileSync('services/console/web/src/live/gathering.ts', 'utf8')) ?? [];

it('what is shown is asked for again by news of topics that there are, each of them', () =>
  expect([...said.matchAll(/'([a-z.]+)'/g)].map(([, topic]) => topic)).toEqual(Object.values(Topics)));
