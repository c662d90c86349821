import { createHmac } from 'node:crypto';
import { isPickupCode, pickupCode } from './pickup-code';

const people = {
  hashOf: async (kind: string, value: string) => createHmac('sha256', 'a key').update(`${kind}\n${value}`).digest('base64url'),
};

it('a fulfilment has six digits of its own, the same in every process', async () => {
  const codes = await Promise.all(Array.from({ length: 50 }, (_, n) => pickupCode(people, `fulfilment-${n}`)));
  for (const code of codes) expect(code).toMatch(/^\d{6}$/);
  expect(new Set(codes).size).toBeGreaterThan(45);
  expect(await pickupCode(people, 'fulfilment-0')).toBe(codes[0]);
});

it('the code is known however it is spaced, and that of another fulfilment is not', async () => {
  const code = await pickupCode(people, 'one');
  expect(await isPickupCode(people, 'one', `${code.slice(0, 3)} ${code.slice(3)}`)).toBe(true);
  expect(await isPickupCode(people, 'one', `${code.slice(0, 3)}-${code.slice(3)}`)).toBe(true);
  expect(await isPickupCode(people, 'another', code)).toBe(false);
  expect(await isPickupCode(people, 'one', '')).toBe(false);
});
