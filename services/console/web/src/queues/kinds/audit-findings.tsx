import { bodyOf, type Schemas } from '../../api/client';
import { shortId } from '../../formats/ids';
import { Time } from '../../marks/Mark';
import { OrderLink } from '../../orders/OrderLink';
import { useSpeech } from '../../words/words';
import { orNothing } from '../left-out';
import { onceOf, type Deed, type Fact } from '../queue';
import { queueOf } from '../view';

type Finding = Schemas['ContinuousAuditFinding'];

const kinds = ['missing', 'uncaused', 'doubled', 'stalled', 'gap'] as const satisfies readonly Finding['kind'][];

const Kind = ({ kind }: Pick<Finding, 'kind'>) => <>{useSpeech().name('queues.finding', kind)}</>;
const Whose = ({ whose }: Pick<Finding, 'whose'>) => <>{useSpeech().name('queues.finding-whose', whose)}</>;
const Order = ({ orderId }: Pick<Finding, 'orderId'>) => (orderId === null ? null : <OrderLink orderId={orderId} />);

const closing = ({ findingId }: Finding): Deed => ({
  key: `close ${findingId}`,
  name: 'queues.deed.close-finding',
  isGrave: true,
  fields: [{ name: 'reason', label: 'ask.reason', hint: 'queues.field.note.hint', kind: 'line', isRequired: true, longest: 500 }],
  send: (api, { reason = '' }, sending) =>
    bodyOf(api.POST('/audit/findings/{findingId}/close', { params: { path: { findingId }, ...onceOf(sending) }, body: { reason } })),
});

const factsOf = (finding: Finding): readonly Fact[] => [
  { name: 'queues.fact.expected', value: <bdi>{finding.expected}</bdi> },
  { name: 'queues.column.what', value: <Kind kind={finding.kind} /> },
  { name: 'queues.fact.rule', value: <span className="code">{finding.rule}</span> },
  { name: 'queues.fact.about', value: <bdi>{finding.about}</bdi> },
  ...(finding.orderId === null ? [] : [{ name: 'queues.fact.order' as const, value: <Order orderId={finding.orderId} /> }]),
  { name: 'queues.fact.whose', value: <Whose whose={finding.whose} /> },
  ...(finding.causeType === null ? [] : [{ name: 'queues.fact.cause' as const, value: <span className="code">{finding.causeType}</span> }]),
  { name: 'queues.fact.due-since', value: <Time at={finding.since} /> },
  ...(finding.closedAt === null ? [] : [{ name: 'queues.fact.ended' as const, value: <Time at={finding.closedAt} /> }]),
];

/** What the audit found that did not follow, has no cause, or is there twice. */
export const auditFindings = queueOf<Finding, Finding>({
  id: 'audit-findings',
  filters: [{ name: 'kind', label: 'queues.column.what', options: kinds, named: 'queues.finding' }],
  isOldestFirst: true,
  ask: (api, { kind }, page) => {
    const chosen = kinds.find((each) => each === kind);
    return orNothing(
      bodyOf(api.GET('/audit/findings', { params: { query: { open: true, ...(chosen ? { kind: chosen } : {}), ...page } } })),
    );
  },
  itemOf: ({ findingId }) => findingId,
  titleOf: ({ about, findingId }) => about || shortId(findingId),
  since: ({ since }) => since,
  columns: [
    { id: 'kind', heading: 'queues.column.what', show: ({ kind }) => <Kind kind={kind} /> },
    { id: 'expected', heading: 'queues.fact.expected', show: ({ expected }) => <bdi className="queue-why">{expected}</bdi> },
    { id: 'order', heading: 'queues.fact.order', show: ({ orderId }) => <Order orderId={orderId} /> },
    { id: 'whose', heading: 'queues.fact.whose', show: ({ whose }) => <Whose whose={whose} />, isUnseenAtFirst: true },
  ],
  opening: { by: 'item', ask: (api, findingId) => bodyOf(api.GET('/audit/findings/{findingId}', { params: { path: { findingId } } })) },
  headingOf: ({ about, findingId }) => about || shortId(findingId),
  facts: factsOf,
  deeds: (finding) => (finding.closedAt === null ? [closing(finding)] : []),
});
