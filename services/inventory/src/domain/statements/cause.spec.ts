import { likelyCause, type Evidence, type NearMovement } from './cause';

const nothing: Evidence = {
  ...{ theirs: 10, ours: 10, named: true, known: true, allocated: 0, unavailable: 0, corrected: 0 },
  ...{ before: [], after: [], updates: [] },
};
const movement = (kind: string, units: number, reference: string | null = null): NearMovement => ({
  ...{ eventId: `${kind}${units}${reference ?? ''}`, kind, units, reference },
});
const codeOf = (evidence: Partial<Evidence>): string => likelyCause({ ...nothing, ...evidence }).code;

describe('why another system likely counts otherwise', () => {
  it('is that we never heard of what it has', () => expect(codeOf({ theirs: 3, ours: 0, known: false })).toBe('unknown-sku'));
  it('is that a whole statement does not name it', () => expect(codeOf({ theirs: 0, named: false })).toBe('not-listed'));
  it('is what left just before, and it did not know yet', () => {
    const before = [movement('StockIssued', -2), movement('StockIssued', -1), movement('StockReceived', 50)];
    expect(likelyCause({ ...nothing, theirs: 13, before })).toEqual({ code: 'issue-not-there-yet', movements: before.slice(0, 2) });
  });
  it('is what came just before, or was counted', () => {
    expect(codeOf({ theirs: 6, before: [movement('StockReceived', 4, 'PO-1')] })).toBe('receipt-not-there-yet');
    expect(codeOf({ theirs: 12, before: [movement('StockAdjusted', -2)] })).toBe('adjustment-not-there-yet');
  });
  it('is what moved just before in several ways', () =>
    expect(codeOf({ theirs: 9, before: [movement('StockIssued', -2), movement('StockRestocked', 3)] })).toBe('movements-not-there-yet'));
  it('is what it knew before us', () => expect(codeOf({ theirs: 7, after: [movement('StockIssued', -3)] })).toBe('issue-there-first'));
  it('is a delivery note that we booked twice', () => {
    const before = [movement('StockReceived', 4, 'PO-1'), movement('StockReceived', 4, 'PO-1')];
    expect(codeOf({ theirs: 6, before })).toBe('received-twice');
    expect(codeOf({ theirs: 6, before: [movement('StockReceived', 4), movement('StockReceived', 4)] })).toBe('receipt-not-there-yet');
  });
  it('is a receipt that it booked twice', () =>
    expect(codeOf({ theirs: 14, before: [movement('StockReceived', 4, 'PO-1')] })).toBe('received-twice-there'));
  it('is a count of ours since', () => expect(codeOf({ theirs: 12, corrected: -2 })).toBe('corrected-since'));
  it('is what it leaves out, or counts in', () => {
    expect(codeOf({ theirs: 7, allocated: 3 })).toBe('allocated-left-out');
    expect(codeOf({ theirs: 11, unavailable: 1 })).toBe('unavailable-counted');
  });
  it('is what a channel was told before', () => expect(codeOf({ theirs: 12, updates: [10, 12] })).toBe('update-in-flight'));
  it('is not known, where nothing explains it', () =>
    expect(codeOf({ theirs: 13, before: [movement('StockIssued', -2)], allocated: 1, unavailable: 1 })).toBe('unexplained'));
});
