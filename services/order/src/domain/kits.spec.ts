import type { Fact } from './facts';
import { facts } from './facts.fixture';
import { everything } from './order.fixture';
import { history } from './story.fixture';

const parts = [{ sku: 'CANDLE', quantity: 4, share: 1 }];
const [lantern, mug] = everything;
const reserved = (made: typeof parts): Fact => ({
  type: 'StockReserved',
  data: { ...facts.reserved.data, lines: [lantern, { ...mug, parts: made }] },
});

it('a confirmation says what kits are made of, as stock told when it was first asked for them', () => {
  const anew = [{ sku: 'WICK', quantity: 1, share: 1 }];
  const lost: Fact = { type: 'StockReleased', data: { ...facts.released.data, lines: everything } };
  const events = history(reserved(parts), lost, reserved(anew), facts.authorized);
  const confirmed = events.find(({ type }) => type === 'OrderConfirmed');
  expect(confirmed?.data).toMatchObject({ lines: [{ sku: 'LANTERN' }, { sku: 'MUG', quantity: 3, parts }] });
});
