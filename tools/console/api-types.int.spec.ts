import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { apiFolder, usedPart } from './api-types';
import { missingIn } from './part-of-document';
import { everythingServed, type Served } from './served.fixture';

let cartage: Served;
beforeAll(async () => {
  cartage = await everythingServed();
}, 120_000);
afterAll(() => cartage.stop(), 60_000);

it('what the console is typed by is still what the services answer; what they answer beside it is no matter', async () => {
  const built = JSON.parse(readFileSync(join(apiFolder, 'openapi.json'), 'utf8')) as object;
  expect(missingIn(await usedPart(cartage.url), built)).toEqual([]);
});
