import { Refusal } from '../../api/client';
import { jsonText, savedVersion } from './kind';

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
