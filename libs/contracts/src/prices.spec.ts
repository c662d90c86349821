import fc from 'fast-check';
import { priceFor, type PriceTerms } from './prices';

const at = '2026-11-27T12:00:00.000Z';
const everywhere: PriceTerms = { list: 'base', validFrom: '2026-01-01T00:00:00.000Z' };
const blackFriday: PriceTerms = { list: 'friday', validFrom: '2026-11-27T00:00:00Z', validTo: '2026-11-28T00:00:00Z' };
const inGermany: PriceTerms = { ...everywhere, list: 'de', country: 'DE' };
const onWeb: PriceTerms = { ...everywhere, list: 'web', channel: 'web' };
const all = [everywhere, blackFriday, inGermany, onWeb];

describe('the price that applies', () => {
  it.each([
    ['the one for the channel', { channel: 'web', country: 'DE', at }, 'web'],
    ['else the one for the country', { channel: 'pos', country: 'DE', at }, 'de'],
    ['else the newest', { channel: 'pos', country: 'FR', at }, 'friday'],
    ['from its first instant on', { at: '2026-11-27T00:00:00Z' }, 'friday'],
    ['and at its last no more', { at: '2026-11-28T01:00:00+01:00' }, 'base'],
  ])('is %s', (_, wanted, list) => expect(priceFor(all, wanted)?.list).toBe(list));

  it('is none where none holds', () => {
    expect(priceFor(all, { at: '2025-12-31T23:59:59Z' })).toBeUndefined();
    expect(priceFor([onWeb], { at })).toBeUndefined();
  });

  it('is the same in whatever order lists are read', () =>
    fc.assert(
      fc.property(
        fc.shuffledSubarray(all, { minLength: 1 }),
        fc.constantFrom('web', 'pos'),
        fc.constantFrom('DE', 'FR'),
        (some, channel, country) => {
          const wanted = { channel, country, at };
          expect(priceFor(some, wanted)).toEqual(priceFor(some.toReversed(), wanted));
        },
      ),
    ));
});
