import { isTaken, outcomeOf, wordsOf } from './endpoint';

const answer = (status: number) => ({ answer: { status, headers: {}, body: '' } });

describe('a webhook endpoint', () => {
  it('is told of types that are written with commas, blanks or lines between them, or of all', () => {
    expect(wordsOf(' OrderPlaced, OrderCompleted\nStockShort ')).toEqual(['OrderPlaced', 'OrderCompleted', 'StockShort']);
    expect(wordsOf(' , ')).toBeUndefined();
  });

  it('has taken what it answered with 2xx, and nothing else', () => {
    expect([answer(204), answer(301), answer(500), {}].map(isTaken)).toEqual([true, false, false, false]);
    expect([outcomeOf(answer(410)), outcomeOf({ failure: 'no route' })]).toEqual(['HTTP 410', 'no route']);
  });
});
