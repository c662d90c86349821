import { canonicalJson, deciding, Refused, type DataOf, type Decider } from '@cartage/eventsourcing';
import { withAssessment } from './assessment';
import type { Bill, BillCommand, BillEvent, BillNamed, KnownFinding, NameId, OfFinding } from './bill-events';
import { billFold } from './bill-fold';
import { findingsOf, notBilled, type Finding } from './findings';
import type { BilledLabel } from './invoice-line';

/** A person has said what is to be of it, or nothing is left of it. */
const isSettled = ({ status }: KnownFinding): boolean => ['credited', 'accepted', 'closed', 'withdrawn'].includes(status);

const isSame = (
  { findingId: _, status: __, promised: ___, reason: ____, foundAt: _____, changedAt: ______, ...known }: KnownFinding,
  finding: Finding,
): boolean => canonicalJson(known) === canonicalJson(finding);

type Decide<Type extends BillCommand['type']> = (data: DataOf<BillCommand, Type>, bill: Bill) => readonly BillEvent[];

/** What is found now, against what was found before. */
const compared = (
  { billId, carrier, label, now }: BillNamed & { readonly label?: BilledLabel; readonly now: string },
  bill: Bill,
  found: ReadonlyMap<string, Finding>,
): readonly BillEvent[] => [
  ...[...found].flatMap(([findingId, finding]): readonly BillEvent[] => {
    const before = bill.findings.get(findingId);
    if (before && before.status !== 'withdrawn' && isSame(before, finding)) return [];
    return [{ type: 'FindingMade', data: { billId, carrier, findingId, ...(label ? { label } : {}), finding, foundAt: now } }];
  }),
  ...[...bill.findings.values()]
    .filter(({ findingId, status }) => status !== 'withdrawn' && !found.has(findingId))
    .map(({ findingId }): BillEvent => ({ type: 'FindingWithdrawn', data: { billId, carrier, findingId, withdrawnAt: now } })),
];

const audit =
  (idOf: NameId): Decide<'AuditBill'> =>
  ({ billId, carrier, label, lines, terms, now }, bill) => {
    const fresh = lines.filter(({ lineId }) => !bill.lines.has(lineId));
    const isNews = fresh.length > 0 || canonicalJson(label ?? null) !== canonicalJson(bill.label ?? null);
    const all = new Map([...bill.lines, ...fresh.map((line) => [line.lineId, line] as const)]);
    const of = { billId, carrier, ...(label ? { label } : {}) };
    const found = findingsOf(label, [...all.values()], terms).map(
      (finding) => [idOf('audit-finding', billId, ...nameOf(finding)), finding] as const,
    );
    const billed: readonly BillEvent[] = isNews ? [{ type: 'LabelBilled', data: { ...of, lines: fresh, billedAt: now } }] : [];
    return all.size === 0 ? [] : [...billed, ...compared({ ...of, now }, bill, new Map(found))];
  };

/** A difference that grows beyond its tolerance, or with another line, is the same difference. */
const nameOf = ({ kind, line }: Finding): readonly [name: string, lineId: string] =>
  kind === 'amount-within-tolerance' || kind === 'amount-differs' ? ['amount-differs', ''] : [kind, line?.lineId ?? ''];

const miss =
  (idOf: NameId): Decide<'MissBill'> =>
  ({ billId, carrier, label, now }, bill) => {
    if (bill.lines.size > 0 || bill.findings.size > 0 || label.isVoid) return [];
    const findingId = idOf('audit-finding', billId, 'not-billed', '');
    return [{ type: 'FindingMade', data: { billId, carrier, findingId, label, finding: notBilled(label), foundAt: now } }];
  };

export const unknownFinding = (findingId: string): Refused =>
  new Refused('FINDING_UNKNOWN', `There is no finding ${findingId}.`, 'unknown');

const known = (findingId: string, { findings, named }: Bill): KnownFinding & BillNamed => {
  const finding = findings.get(findingId);
  if (!finding || !named) throw unknownFinding(findingId);
  return { ...finding, ...named };
};

const refOf = ({ billId, carrier, findingId }: OfFinding): OfFinding => ({ billId, carrier, findingId });

/** Refuses what has another end already. */
const requireUnsettled = (finding: KnownFinding & BillNamed): KnownFinding & BillNamed => {
  if (!isSettled(finding)) return finding;
  throw new Refused('FINDING_SETTLED', `The finding is ${finding.status} already.`);
};

const dispute: Decide<'DisputeFinding'> = ({ findingId, reason, now }, bill) => {
  const finding = known(findingId, bill);
  if (finding.status === 'disputed') return [];
  return [{ type: 'FindingDisputed', data: { ...refOf(requireUnsettled(finding)), reason, disputedAt: now } }];
};

const requireDisputed = (finding: KnownFinding & BillNamed): KnownFinding & BillNamed => {
  if (requireUnsettled(finding).status === 'disputed' || finding.status === 'refused') return finding;
  throw new Refused('FINDING_NOT_DISPUTED', 'The carrier was not asked about it. Dispute it first.');
};

const credit: Decide<'CreditFinding'> = ({ findingId, amount, now }, bill) => {
  const finding = known(findingId, bill);
  if (finding.promised === amount) return [];
  const { amount: most } = requireDisputed(finding);
  if (amount <= most) return [{ type: 'FindingCredited', data: { ...refOf(finding), amount, creditedAt: now } }];
  const message = `It can be ${Math.max(0, most)} at most, in minor units.`;
  throw new Refused('CREDIT_EXCEEDED', message, 'invalid', [{ field: 'amount', code: 'CREDIT_EXCEEDED', message }]);
};

const refuse: Decide<'RefuseDispute'> = ({ findingId, reason, now }, bill) => {
  const finding = known(findingId, bill);
  if (finding.status === 'refused') return [];
  return [{ type: 'DisputeRefused', data: { ...refOf(requireDisputed(finding)), reason, refusedAt: now } }];
};

const accept: Decide<'AcceptFinding'> = ({ findingId, reason, now }, bill) => {
  const finding = known(findingId, bill);
  if (finding.status === 'accepted') return [];
  return [{ type: 'FindingAccepted', data: { ...refOf(requireUnsettled(finding)), reason, acceptedAt: now } }];
};

const close: Decide<'CloseFinding'> = ({ findingId, reason, now }, bill) => {
  const finding = known(findingId, bill);
  if (finding.status === 'closed') return [];
  return [{ type: 'FindingClosed', data: { ...refOf(requireUnsettled(finding)), reason, closedAt: now } }];
};

export const carrierBill = (idOf: NameId): Decider<BillCommand, Bill, BillEvent> => {
  const decide = deciding<BillCommand, Bill, BillEvent>({
    AuditBill: audit(idOf),
    MissBill: miss(idOf),
    DisputeFinding: dispute,
    CreditFinding: credit,
    RefuseDispute: refuse,
    AcceptFinding: accept,
    CloseFinding: close,
  });
  return { ...billFold, decide: (command, bill) => withAssessment(decide(command, bill), bill, command.data.now) };
};

export const carrierBillStream = (billId: string): string => `carrierbill-${billId}`;
