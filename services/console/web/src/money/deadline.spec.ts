import { urgencyOf, type Chargeback } from './deadline';

const NOW = new Date('2026-11-28T12:00:00.000Z').getTime();
const chargeback = (more: Partial<Chargeback>): Chargeback => ({ status: 'open', respondBy: null, ...more }) as Chargeback;

describe('the deadline of a chargeback', () => {
  it.each<[string, Partial<Chargeback>, string | undefined]>([
    ['far away', { respondBy: '2026-12-08T12:00:00.000Z' }, 'waiting'],
    ['near', { respondBy: '2026-11-30T11:00:00.000Z' }, 'soon'],
    ['over', { respondBy: '2026-11-28T11:59:59.000Z' }, 'missed'],
    ['of no matter once it is answered', { status: 'answered', respondBy: '2026-11-27T12:00:00.000Z' }, undefined],
    ['of no matter once it is decided', { status: 'lost', respondBy: '2026-11-27T12:00:00.000Z' }, undefined],
    ['not said', {}, undefined],
  ])('may be %s', (_, more, urgency) => expect(urgencyOf(chargeback(more), NOW)).toBe(urgency));
});
