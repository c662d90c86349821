import { RequestPipe } from '@cartage/service-kit';
import { CostTableDto } from './cost-table.dto';

const pipe = new RequestPipe();
const read = async (rate: object): Promise<unknown> =>
  pipe.transform({ currency: 'GBP', halfCost: 500, handling: {}, rates: [rate] }, { type: 'body', metatype: CostTableDto });

it.each([
  { amount: 1 },
  { zone: 'islands', from: ['LDN-1', 'store'], to: ['IE', 'GB-BT', 'PL-00 9'], upToKm: 0.5, amount: 0, perKg: 0, least: 9 },
  { amount: 1, steps: [500, 1_000].map((upToGrams) => ({ upToGrams, amount: 1 })) },
])('a rate may be %j', async (rate) => expect(await read(rate)).toMatchObject({ rates: [rate] }));

it.each([
  ['rates[0].to', { to: ['britain'], amount: 1 }],
  ['rates[0].to', { to: [], amount: 1 }],
  ['rates[0].least', { amount: 1, least: -1 }],
  ['rates[0].amount', { perKg: 1 }],
  ['rates[0].steps', { amount: 1, steps: [1_000, 500].map((upToGrams) => ({ upToGrams, amount: 1 })) }],
])('what is wrong in a rate is named: %s', async (field, rate) => {
  const failure = await read(rate).catch((error: unknown) => (error as { readonly message: string }).message);
  expect(failure).toContain(field);
});
