import { Refusal } from '../../api/client';
import { jsonText, savedVersion, versionOfSettings } from './kind';
import { holdsAt } from './prices';

it('rules that say the same are the same text, in whatever order their fields came; lists keep theirs', () => {
  const text = jsonText({ weights: { b: 1, a: 2 }, kinds: ['store', 'depot'] });
  expect(text).toBe(jsonText({ kinds: ['store', 'depot'], weights: { a: 2, b: 1 } }));
  expect(text).not.toBe(jsonText({ weights: { a: 2, b: 1 }, kinds: ['depot', 'store'] }));
  expect(text.split('\n').slice(0, 3)).toEqual(['{', '  "kinds": [', '    "store",']);
});

it('what is saved has a version; what was only looked at has none', () => {
  expect(savedVersion({ version: '3' })).toBe('3');
  expect(() => savedVersion({ preview: true, repeated: false, events: [], effect: {} } as never)).toThrow(Refusal);
});

it('what the settings say is in force until a version is', () =>
  expect(
    [[], [{ isInForce: false }], [{ isInForce: false }, { isInForce: true }]].map((each) => versionOfSettings(each).isInForce),
  ).toEqual([...[true, true, false]]));

it('a price list holds from its first instant on, and at its last no more', () => {
  const list = { validFrom: '2026-11-27T00:00:00.000Z', validTo: '2026-11-28T00:00:00.000Z' };
  const at = (instant: string, of: Parameters<typeof holdsAt>[0] = list): boolean => holdsAt(of, new Date(instant));
  expect(['2026-11-26T23:59:59.999Z', '2026-11-27T00:00:00.000Z', '2026-11-28T00:00:00.000Z'].map((each) => at(each))).toEqual([
    ...[false, true, false],
  ]);
  expect(at('2036-01-01T00:00:00.000Z', { validFrom: list.validFrom })).toBe(true);
});
