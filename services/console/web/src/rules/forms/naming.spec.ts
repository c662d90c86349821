import first from '../../words/en';
import fields from '../../words/en/rule-fields.json';
import { speechOf } from '../../words/words';
import { fieldHelp, fieldName, placeWords, valueWords } from './naming';

const en = { ...first, ...fields };

const speech = speechOf('en', 'en-GB', en);
const draft = { cost: { currency: 'JPY', rates: [{ amount: 1_250 }], handling: { store: 300 } } };

describe('a draft in words', () => {
  it('calls places by their fields, and items by their number', () => {
    expect(placeWords(speech, 'routing', ['exceptions', 2, 'change', 'maxSplit'])).toBe(
      'Exceptions 3 › What is otherwise › Locations for one order, at most',
    );
    expect(placeWords(speech, 'routing', ['cost', 'handling', 'store'])).toBe('Table of costs › Handling › Store');
    expect(placeWords(speech, 'routing', ['cost', 'handling', 'LDN-1'])).toBe('Table of costs › Handling › LDN-1');
  });

  it('calls what stands in a certain part by what it is there', () => {
    expect(fieldName(speech, 'routing', ['weights', 'cost'])).toBe('Low costs');
    expect(fieldHelp(speech, 'routing', ['weights', 'cost'])).toBeUndefined();
    expect(fieldHelp(speech, 'routing', ['cost'])).toBe('What a fulfilment is estimated to cost.');
  });

  it('calls a field that is new by its name', () => expect(fieldName(speech, 'routing', ['mostPalletsKg'])).toBe('Most pallets kg'));

  it('writes money in its currency, countries by their names and choices in words', () => {
    expect(valueWords(speech, { kind: 'routing', place: ['cost', 'rates', 0, 'amount'], draft: draft }, 1_250)).toBe('JP¥1,250');
    expect(valueWords(speech, { kind: 'routing', place: ['cost', 'handling', 'store'], draft: draft }, 300)).toBe('JP¥300');
    expect(valueWords(speech, { kind: 'routing', place: ['cost', 'halfCost'], draft: {} }, 300)).toBe('300');
    expect(valueWords(speech, { kind: 'routing', place: ['exceptions', 0, 'countries'], draft: draft }, ['FR', 'DE'])).toBe(
      'France, Germany',
    );
    expect(valueWords(speech, { kind: 'routing', place: ['rejections', 'damaged'], draft: draft }, 'minus')).toBe(
      'These units are not there',
    );
    expect(valueWords(speech, { kind: 'verification', place: ['cod', 'countries'], draft: {} }, ['*'])).toBe('Every country');
    expect(valueWords(speech, { kind: 'carriers', place: ['exceptions', 0, 'methods'], draft: {} }, ['ship', 'return'])).toBe(
      'Shipped, Comes back',
    );
    expect(valueWords(speech, { kind: 'carriers', place: ['by'], draft: {} }, 'weighted')).toBe('All of it, weighed');
    const prices = { currency: 'JPY', prices: [{ sku: 'MUG', unitPrice: 1_250 }] };
    expect(valueWords(speech, { kind: 'prices', place: ['prices', 0, 'unitPrice'], draft: prices }, 1_250)).toBe('JP¥1,250');
    const from = '2026-11-27T00:00:00.000Z';
    expect(valueWords(speech, { kind: 'prices', place: ['validFrom'], draft: prices }, from)).toBe(speech.time(from));
    expect(valueWords(speech, { kind: 'prices', place: ['validFrom'], draft: prices }, 'soon')).toBe('soon');
    expect(valueWords(speech, { kind: 'promises', place: ['active'], draft: {} }, true)).toBe('Yes');
    expect(valueWords(speech, { kind: 'promises', place: ['channel'], draft: {} }, undefined)).toBe('nothing');
  });
});
