import { bodyOf } from '../../api/client';
import { commandOf, type Deed, type Field } from '../queue';
import { returnsThatAre } from '../returns';
import type { Return } from '../scanning';
import { ScanReturn } from '../ScanReturn';
import { queueOf } from '../view';

const note: Field = {
  name: 'note',
  label: 'queues.field.note',
  hint: 'queues.field.shown-note.hint',
  kind: 'text',
  isRequired: true,
  longest: 1_000,
};

const deciding = ({ returnId, currency }: Return, decision: 'authorize' | 'decline'): Deed => ({
  key: `${decision} ${returnId}`,
  name: `queues.deed.${decision}`,
  isGrave: decision === 'decline',
  previewIn: currency,
  fields: [note],
  send: (api, { note: text = '' }, sending) =>
    bodyOf(
      api.POST('/returns/{returnId}/decision', { params: { path: { returnId }, ...commandOf(sending) }, body: { decision, note: text } }),
    ),
});

const closing = ({ returnId, currency }: Return): Deed => ({
  key: `close ${returnId}`,
  name: 'queues.deed.close-return',
  isGrave: true,
  previewIn: currency,
  send: (api, _, sending) => bodyOf(api.POST('/returns/{returnId}/close', { params: { path: { returnId }, ...commandOf(sending) } })),
});

const underReview = ({ lines }: Return): boolean => lines.some(({ standing }) => standing === 'review');

const deedsFor = (rma: Return): readonly Deed[] => [
  ...(underReview(rma) ? [deciding(rma, 'authorize'), deciding(rma, 'decline')] : []),
  ...(rma.status === 'received' ? [closing(rma)] : []),
];

/** Returns that the policy left to a person. */
export const returnsToApprove = queueOf({ ...returnsThatAre('awaiting-review'), id: 'returns-to-approve', deeds: deedsFor });

const scanned = { deeds: deedsFor, more: (rma: Return) => <ScanReturn rma={rma} /> };

/** Returns whose goods are on their way. */
export const returnsToReceive = queueOf({ ...returnsThatAre('authorized'), ...scanned, id: 'returns-to-receive' });

/** Returns whose goods are here, and nobody has looked at all of them. */
export const returnsToGrade = queueOf({ ...returnsThatAre('received'), ...scanned, id: 'returns-to-grade' });
