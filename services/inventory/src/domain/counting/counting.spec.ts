import { fold, specFor } from '@cartage/eventsourcing';
import fc from 'fast-check';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { countSheet, type CountCommand } from './counting';
import type { CountLine, CountSheetEvent, CountSheetPlan, CountWorth } from './count-sheet';

const countId = 'c-1';
const { given } = specFor(countSheet(countId));
const now = '2026-11-23T09:15:30.000Z';
const at = '2026-11-23T09:10:00.000Z';
const about = { countId, now };
const sheet: CountSheetPlan = { location: 'LDN', blind: true, tolerance: { units: 1, percent: 0 } };
const opened = (more: Partial<CountSheetPlan> = {}): CountSheetEvent => ({
  type: 'CountSheetOpened',
  data: { countId, ...sheet, ...more, lines: [{ sku: 'MUG', bin: 'A1' }, { sku: 'BOWL' }], openedAt: now },
});
interface Count {
  readonly sku?: string;
  readonly quantity: number;
  readonly expected?: number;
  readonly onHand?: number;
  readonly worth?: CountWorth;
}
const count = ({ sku = 'MUG', quantity, expected = 10, onHand = 10, ...more }: Count): CountCommand => ({
  type: 'CountLines',
  data: { ...about, counts: [{ sku, quantity, expected, onHand, countedAt: at, ...more }] },
});
const counted = (quantity: number, expected = 10): CountSheetEvent => ({
  type: 'LineCounted',
  data: { countId, sku: 'MUG', quantity, expected, countedAt: at, recordedAt: now },
});
const booked: CountSheetEvent = { type: 'CountBooked', data: { countId, sku: 'MUG', bookedAt: now } };
const approval: CountSheetEvent = { type: 'CountApprovalRequested', data: { countId, sku: 'MUG', requestedAt: now } };
const recount = (code: string, by = 'policy') => ({
  type: 'RecountRequested',
  data: { countId, sku: 'MUG', reason: expect.objectContaining({ code, by }), requestedAt: now },
});
const again = {
  type: 'RecountRequested',
  data: { countId, sku: 'MUG', reason: { code: 'beyond-tolerance', by: 'policy' }, requestedAt: now },
} as const;
const approve = (onHand = 10): CountCommand => ({
  type: 'ApproveCount',
  data: { ...about, sku: 'MUG', approvedBy: 'boss', sentBy: 'boss', onHand },
});
const reject: CountCommand = { type: 'RejectCount', data: { ...about, sku: 'MUG', reason: { code: 'rejected', by: 'operator' } } };
const expire: CountCommand = { type: 'ExpireCountSheet', data: about };
const decided = (events: readonly CountSheetEvent[], command: CountCommand) =>
  countSheet(countId).decide(command, fold(countSheet(countId), events));

describe('a count', () => {
  it('stands when it is as near to what is expected as is tolerated', () =>
    given(opened())
      .when(count({ quantity: 9 }))
      .then(counted(9), booked));

  it('that is farther is done again, and stands when the second says the same, whatever moved in between', () => {
    expect(decided([opened()], count({ quantity: 7 }))).toEqual([counted(7), recount('beyond-tolerance')]);
    given(opened(), counted(7), again)
      .when(count({ quantity: 5, expected: 8, onHand: 8 }))
      .then(counted(5, 8), booked);
  });

  it('that differs from the one before is done again', () =>
    expect(decided([opened(), counted(7), again], count({ quantity: 6 }))).toEqual([counted(6), recount('beyond-tolerance')]));

  it('is tolerated by percent of what is expected, too', () =>
    given(opened({ tolerance: { units: 1, percent: 10 } }))
      .when(count({ quantity: 90, expected: 100, onHand: 100 }))
      .then(counted(90, 100), booked));

  it('that cannot be right is done again: more has left since than it says was there', () =>
    expect(decided([opened(), counted(4), again], count({ quantity: 4, onHand: 5 }))).toEqual([counted(4), recount('outdated')]));

  it('of a line that is settled counts no more: somebody else was first', () =>
    given(opened(), counted(10), booked)
      .when(count({ quantity: 3 }))
      .then());

  it('of what is not on the sheet is refused by name', () =>
    expect(() => decided([opened()], count({ sku: 'TRAY', quantity: 3 }))).toThrow(
      expect.objectContaining({ code: 'LINE_UNKNOWN', errors: [expect.objectContaining({ field: 'counts[0].sku' })] }),
    ));
});

describe('a difference beyond what may be booked at once', () => {
  const gbp = (amount: number, by: CountWorth['by'] = 'price'): CountWorth => ({ amount, currency: 'GBP', by });
  const twice = (more: Partial<CountSheetPlan>, quantity: number, worth?: CountWorth) =>
    decided([opened(more), counted(quantity), again], count({ quantity, ...(worth ? { worth } : {}) })).at(-1)?.type;

  const rule = { amount: 600, currency: 'GBP' };
  it.each([
    ['in units', { units: 2 }, undefined],
    ['in value', { ...rule, amount: 599 }, gbp(-600)],
    ['at cost', rule, gbp(-601, 'cost')],
    ['of a value that nobody knows', rule, undefined],
  ])('waits for a person: %s', (_, approval, worth) => expect(twice({ approval }, 7, worth)).toBe('CountApprovalRequested'));

  it.each([
    ['in units', { units: 3 }, undefined],
    ['in value', rule, gbp(-600)],
    ['at cost', rule, gbp(-600, 'cost')],
  ])('is what it says, and not as much: %s', (_, approval, worth) => expect(twice({ approval }, 7, worth)).toBe('CountBooked'));

  it('keeps what it was worth, and by what that is known', () => {
    const events = decided(
      [opened({ tolerance: { units: 9, percent: 0 }, approval: rule })],
      count({ quantity: 7, worth: gbp(-90, 'cost') }),
    );
    const line = fold(countSheet(countId), [opened(), ...events]).lines.get('MUG');
    expect(line).toMatchObject({ status: 'booked', counts: [{ quantity: 7, worth: { amount: -90, by: 'cost' } }] });
  });

  it('is approved by somebody else than who counted it, in whoever’s name, where four eyes are wanted', () => {
    const by = (countedBy: string): CountSheetEvent => {
      const event = counted(7);
      return event.type === 'LineCounted' ? { ...event, data: { ...event.data, countedBy } } : event;
    };
    const waits = (fourEyes: boolean) => [opened({ approval: { units: 1 }, fourEyes }), by('ann'), again, by('bob'), approval];
    const approving = (approvedBy: string, sentBy = approvedBy): CountCommand => ({
      type: 'ApproveCount',
      data: { ...about, sku: 'MUG', approvedBy, sentBy, onHand: 10 },
    });
    for (const counter of ['ann', 'bob']) {
      given(...waits(true))
        .when(approving(counter))
        .thenRefused('COUNT_SAME_PERSON');
      given(...waits(true))
        .when(approving('boss', counter))
        .thenRefused('COUNT_SAME_PERSON');
    }
    expect(decided(waits(true), approving('boss', 'wms')).map(({ type }) => type)).toEqual(['CountBooked']);
    expect(decided(waits(false), approving('ann')).map(({ type }) => type)).toEqual(['CountBooked']);
  });

  it('is booked when a person says so, once, and counted again when one does not believe it', () => {
    const waits = [opened({ approval: { units: 1 } }), counted(7), again, counted(7), approval];
    given(...waits)
      .when(approve())
      .thenOnce({ type: 'CountBooked', data: { countId, sku: 'MUG', approvedBy: 'boss', bookedAt: now } });
    given(...waits)
      .when(reject)
      .thenOnce({
        type: 'RecountRequested',
        data: { countId, sku: 'MUG', reason: { code: 'rejected', by: 'operator' }, requestedAt: now },
      });
    expect(decided(waits, approve(2))).toEqual([recount('outdated')]);
    expect(() => decided([opened()], approve())).toThrow(expect.objectContaining({ code: 'COUNT_LINE_STATUS' }));
  });
});

describe('a sheet', () => {
  it('ends when its time is over, once; what waits for a word may still be booked, and nothing more is counted', () => {
    given(opened())
      .when(expire)
      .thenOnce({ type: 'CountSheetExpired', data: { countId, expiredAt: now } });
    const over = [
      opened({ approval: { units: 1 } }),
      counted(7),
      again,
      counted(7),
      approval,
      { type: 'CountSheetExpired', data: { countId, expiredAt: now } },
    ] as const;
    expect(decided(over, approve())).toMatchObject([{ type: 'CountBooked' }]);
    expect(() => decided(over, count({ quantity: 1 }))).toThrow(expect.objectContaining({ code: 'COUNT_ENDED' }));
    expect(fold(countSheet(countId), [...over]).lines.get('BOWL')?.status).toBe('missed');
  });

  it('is closed when every line is booked, and then ends no more', () => {
    const all: readonly CountSheetEvent[] = [opened(), booked, { type: 'CountBooked', data: { countId, sku: 'BOWL', bookedAt: now } }];
    expect(fold(countSheet(countId), all).status).toBe('closed');
    given(...all)
      .when(expire)
      .then();
  });

  it('that was never opened is unknown', () =>
    expect(() => decided([], count({ quantity: 1 }))).toThrow(expect.objectContaining({ code: 'COUNT_UNKNOWN', kind: 'unknown' })));

  it('books each line at most once, whoever counts and says what in whatever order', () => {
    const sku = fc.constantFrom('MUG', 'BOWL');
    const command: fc.Arbitrary<CountCommand> = fc.oneof(
      fc.tuple(sku, fc.integer({ min: 0, max: 12 })).map(([each, quantity]) => count({ sku: each, quantity })),
      sku.map((each): CountCommand => ({
        type: 'ApproveCount',
        data: { ...about, sku: each, approvedBy: 'boss', sentBy: 'boss', onHand: 10 },
      })),
      sku.map((each): CountCommand => ({
        type: 'RejectCount',
        data: { ...about, sku: each, reason: { code: 'rejected', by: 'operator' } },
      })),
      fc.constant(expire),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 40 }), (commands) => {
        const decider = countSheet(countId);
        let events: readonly CountSheetEvent[] = [opened({ approval: { units: 2 } })];
        for (const each of commands) {
          try {
            events = [...events, ...decider.decide(each, fold(decider, events))];
          } catch (error) {
            expect(error).toHaveProperty('code');
          }
        }
        for (const each of ['MUG', 'BOWL'])
          expect(events.filter(({ type, data }) => type === 'CountBooked' && 'sku' in data && data.sku === each).length).toBeLessThan(2);
      }),
    );
  });
});

describe('stored events of counts', () => {
  const folder = join(__dirname, 'golden');
  const golden = (type: string) =>
    ({ type, data: JSON.parse(readFileSync(join(folder, `${type}.v1.json`), 'utf8')) as unknown }) as CountSheetEvent;
  const flow = [
    'CountSheetOpened',
    'LineCounted',
    'RecountRequested',
    'LineCounted',
    'CountApprovalRequested',
    'CountBooked',
    'CountSheetExpired',
  ];

  it('keep their names for ever', () =>
    expect(readdirSync(folder).map((file) => file.replace('.v1.json', ''))).toEqual(
      [...new Set([...flow, 'CountSheetCancelled'])].toSorted(),
    ));

  it('fold into a sheet', () => {
    const state = fold(countSheet(countId), flow.map(golden));
    const count: CountLine['counts'][number] = { quantity: 30, expected: 40, countedBy: 'badge-17', countedAt: '2026-11-23T09:15:30.000Z' };
    expect({ ...state, lines: [...state.lines.values()] }).toMatchObject({
      ...{ status: 'expired', location: 'LDN-1', reference: 'CS-2026-48', blind: true, revision: 7 },
      lines: [
        { sku: '85123A', bin: 'A-01-3', status: 'booked', approvedBy: 'manager-3', counts: [count, count] },
        { sku: '22423', status: 'missed', counts: [] },
      ],
    });
    expect(fold(countSheet(countId), ['CountSheetOpened', 'CountSheetCancelled'].map(golden)).status).toBe('cancelled');
  });
});
