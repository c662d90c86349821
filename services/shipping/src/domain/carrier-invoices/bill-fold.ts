import { evolving, type DataOf, type Folding } from '@cartage/eventsourcing';
import type { Bill, BillEvent, FindingStatus, KnownFinding } from './bill-events';
import type { Finding } from './findings';

/** What the carrier has given back of it, in its invoices or by its word. */
export const creditOf = ({ credited, promised }: Pick<KnownFinding, 'credited' | 'promised'>): number => Math.max(credited, promised);

const isGivenBack = (finding: Pick<KnownFinding, 'amount' | 'credited' | 'promised'>): boolean =>
  finding.amount > 0 && creditOf(finding) >= finding.amount;

/** What a person has said of it holds as long as it is about the same money. */
const isKept = ({ amount, status }: KnownFinding, finding: Finding): boolean =>
  ['disputed', 'refused'].includes(status) || (['accepted', 'closed'].includes(status) && amount === finding.amount);

const statusOf = (finding: Finding, before: KnownFinding | undefined): FindingStatus => {
  if (isGivenBack({ ...finding, promised: before?.promised ?? 0 })) return 'credited';
  if (before && isKept(before, finding)) return before.status;
  return finding.kind === 'amount-within-tolerance' ? 'tolerated' : 'open';
};

const changed = (bill: Bill, findingId: string, of: (finding: KnownFinding) => Partial<KnownFinding>): Bill => {
  const finding = bill.findings.get(findingId);
  return finding ? { ...bill, findings: new Map(bill.findings).set(findingId, { ...finding, ...of(finding) }) } : bill;
};

const made = (bill: Bill, { billId, carrier, findingId, label, finding, foundAt }: DataOf<BillEvent, 'FindingMade'>): Bill => {
  const before = bill.findings.get(findingId);
  const status = statusOf(finding, before);
  const kept = {
    promised: before?.promised ?? 0,
    foundAt: before?.foundAt ?? foundAt,
    ...(before?.reason ? { reason: before.reason } : {}),
  };
  return {
    ...bill,
    ...{ named: { billId, carrier } },
    ...(label ? { label } : {}),
    findings: new Map(bill.findings).set(findingId, { ...finding, ...kept, findingId, status, changedAt: foundAt }),
  };
};

/** All that was billed for one label, what of it is not as it should be, and what became of that. */
export const billFold: Folding<Bill, BillEvent> = {
  initial: { lines: new Map(), findings: new Map() },
  evolve: evolving<Bill, BillEvent>({
    LabelBilled: ({ label: _, ...bill }, { billId, carrier, label, lines }) => ({
      ...bill,
      ...{ named: { billId, carrier }, lines: new Map([...bill.lines, ...lines.map((line) => [line.lineId, line] as const)]) },
      ...(label ? { label } : {}),
    }),
    FindingMade: made,
    CarrierBillAssessed: (bill, { number, totals: told }) => ({ ...bill, assessed: { number, told } }),
    FindingWithdrawn: (bill, { findingId, withdrawnAt: changedAt }) => changed(bill, findingId, () => ({ status: 'withdrawn', changedAt })),
    FindingDisputed: (bill, { findingId, reason, disputedAt: changedAt }) =>
      changed(bill, findingId, () => ({ status: 'disputed', reason, changedAt })),
    FindingCredited: (bill, { findingId, amount: promised, creditedAt: changedAt }) =>
      changed(bill, findingId, (finding) => ({
        ...{ promised, changedAt },
        status: isGivenBack({ ...finding, promised }) ? 'credited' : finding.status,
      })),
    DisputeRefused: (bill, { findingId, reason, refusedAt: changedAt }) =>
      changed(bill, findingId, () => ({ status: 'refused', reason, changedAt })),
    FindingAccepted: (bill, { findingId, reason, acceptedAt: changedAt }) =>
      changed(bill, findingId, () => ({ status: 'accepted', reason, changedAt })),
    FindingClosed: (bill, { findingId, reason, closedAt: changedAt }) =>
      changed(bill, findingId, () => ({ status: 'closed', reason, changedAt })),
  }),
};
