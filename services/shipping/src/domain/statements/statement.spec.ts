import { join } from 'node:path';
import { fold, specFor } from '@cartage/eventsourcing';
import { goldenSamples } from '@cartage/testkit';
import { publishedStatements, statement, type Stated, type StatementEvent } from './statement';

const { given } = specFor(statement);
const samples = goldenSamples<StatementEvent>(join(__dirname, 'golden'));
const stated: Stated = {
  ...{ statementId: 's1', partner: 'north-3pl', location: 'LEEDS', whole: true, linesEach: 2 },
  ...{ asOf: '2026-11-23T04:00:00.000Z', statedAt: '2026-11-23T04:02:00.000Z' },
  lines: ['A', 'B', 'C'].map((sku, onHand) => ({ sku, onHand })),
};
const { linesEach: _, ...said } = stated;
const part = (n: number, parts: number, lines: Stated['lines']): StatementEvent => ({
  type: 'StockStated',
  data: { ...said, part: n, parts, lines },
});

describe('what a partner says is on its shelves', () => {
  it('is told once, in parts that are not too large', () =>
    given()
      .when({ type: 'StateStock', data: stated })
      .thenOnce(part(1, 2, stated.lines.slice(0, 2)), part(2, 2, stated.lines.slice(2))));

  it('may be that there is nothing', () =>
    given()
      .when({ type: 'StateStock', data: { ...stated, lines: [] } })
      .thenOnce(part(1, 1, [])));

  it('keeps its name, and folds, for ever', () => {
    expect(samples.types).toEqual(Object.keys(publishedStatements));
    expect(fold(statement, [samples.of('StockStated')])).toEqual({ parts: 1 });
  });
});
