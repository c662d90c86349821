import { faultLine, fieldLines, lineOf } from './json-lines';

const text = `{
  "maxSplit": 3,
  "cost": {
    "currency": "GBP",
    "rates": [
      { "amount": 100, "to": ["GB", "IE"] },
      {
        "amount": 200
      }
    ]
  },
  "a, b: {": true
}`;

describe('the lines of a JSON text', () => {
  it('are known by the path of each field', () => {
    const lines = fieldLines(text);
    expect(lines.get('maxSplit')).toBe(2);
    expect(lines.get('cost.currency')).toBe(4);
    expect(lines.get('cost.rates[0].amount')).toBe(6);
    expect(lines.get('cost.rates[0].to[1]')).toBe(6);
    expect(lines.get('cost.rates[1]')).toBe(7);
    expect(lines.get('cost.rates[1].amount')).toBe(8);
    expect(lines.get('a, b: {')).toBe(12);
  });

  it('are those of what is around a field that is not there', () => {
    const lines = fieldLines(text);
    expect(lineOf(lines, 'cost.rates[1].zone')).toBe(7);
    expect(lineOf(lines, 'cost.rates[7].amount')).toBe(5);
    expect(lineOf(lines, 'weights.distance')).toBe(1);
  });

  it('are found for a field as a request names it', () => {
    expect(faultLine(text, 'rules.cost.rates[1].amount', 'rules')).toBe(8);
    expect(faultLine(text, 'cost.currency', '')).toBe(4);
  });

  it('are found as far as a broken text can be read', () => expect(fieldLines('{\n "a": 1,\n "b": [').get('b')).toBe(3));
});
