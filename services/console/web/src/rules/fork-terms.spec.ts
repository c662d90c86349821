import first from '../words/en';
import fields from '../words/en/rule-fields.json';
import { speechOf } from '../words/words';
import { otherwiseIn } from './fork-terms';

const en = { ...first, ...fields };

const speech = speechOf('en', 'en-GB', en);

describe('what is otherwise in a fork', () => {
  it('is said in words', () =>
    expect(
      otherwiseIn(speech, {
        stock: [
          { sku: 'MUG', location: 'MAN', units: 1_200 },
          { sku: 'CUP', location: 'MAN', units: -5 },
        ],
        capacity: [{ location: 'LDN', perDay: 1_500 }, { location: 'MAN' }],
        opened: ['MAN'],
        closed: ['STORE-7'],
      }),
    ).toEqual(['+1,200 × MUG at MAN', '-5 × CUP at MAN', 'LDN: 1,500 a day', 'MAN: no limit', 'MAN takes work', 'STORE-7 takes none']));

  it('is nothing where it is played with what there was', () =>
    expect(otherwiseIn(speech, { stock: [], capacity: [], opened: [], closed: [] })).toEqual([]));
});
