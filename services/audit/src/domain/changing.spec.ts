import { sampleOf } from '@cartage/testkit';
import type { Book, Heard } from './book';
import { changesBetween } from './changing';
import { hear } from './hearing';
import { minute, Telling, wholeLife } from './life.fixture';

const bookOf = (events: readonly Heard[]): Book | undefined =>
  events.reduce((book: Book | undefined, event) => hear(book, event), undefined);
const life = wholeLife(sampleOf);
const issue = life.find(({ type }) => type === 'StockIssued') as Heard;
const before = bookOf(life.filter((event) => event !== issue));

describe('what one more fact changes', () => {
  it('ends what would be missed', () => {
    const { found, ended } = changesBetween(before, hear(before, issue));
    expect(found).toEqual([]);
    expect(ended).toContainEqual(expect.stringContaining('dispatch-is-issued'));
  });

  it('tells what came too late, and does not end it as if it had never been', () => {
    const { found, ended } = changesBetween(before, hear(before, { ...issue, time: minute(500) }));
    expect(found).toMatchObject([{ rule: 'dispatch-is-issued', came: { type: 'StockIssued' } }]);
    expect(ended).not.toContainEqual(expect.stringContaining('dispatch-is-issued'));
  });

  it('tells what is doubled, once', () => {
    const whole = bookOf(life);
    const second: Heard = { ...issue, id: 'ffffffff-0000-7000-8000-000000000001', sequence: issue.sequence + 1 };
    const doubled = hear(whole, second);
    expect(changesBetween(whole, doubled).found).toMatchObject([{ kind: 'doubled', rule: 'stock-is-issued-once' }]);
    const more = hear(doubled, new Telling(sampleOf).tell({ at: 90 }, 'DeadlineAtRisk', {}));
    expect(changesBetween(doubled, more).found.filter(({ kind, rule }) => kind === 'doubled' && rule !== 'sequence')).toEqual([]);
  });

  it('ends what was missed and has another time by now, until that is over as well', () => {
    const [telling, orderId] = [new Telling(sampleOf), 'order'];
    const failed = (at: number, nextTryAt: string | undefined) =>
      telling.tell({ at, of: orderId }, 'RefundFailed', { orderId, refundId: 'refund', ...{ nextTryAt } } as object);
    const first = bookOf([failed(0, minute(60))]);
    const again = changesBetween(first, hear(first, failed(300, minute(600))));
    expect([again.found, again.ended]).toEqual([[], [expect.stringContaining('refund-is-tried-again')]]);
    const sooner = changesBetween(first, hear(first, failed(1, minute(30))));
    expect(sooner.ended).toEqual([]);
  });
});
