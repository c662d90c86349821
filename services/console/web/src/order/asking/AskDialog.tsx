import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState, type ReactNode } from 'react';
import { useServices } from '../../api/services';
import { Dialog } from '../../frame/Dialog';
import { useSettled } from '../../keys/useSettled';
import { unguessable } from '../../session/pkce';
import { Fault } from '../../states/states';
import { useSpeech } from '../../words/words';
import type { Desk } from '../OrderPage';
import type { Asking, Decision } from './asking';
import { DecisionFields } from './DecisionFields';
import { PreviewOf } from './PreviewOf';

interface AskDialogProps extends Pick<Desk, 'order'> {
  readonly asking: Asking;
  readonly onDone: () => void;
  readonly onClose: () => void;
}

const useSending = ({ order: { orderId }, asking, onDone, onClose }: AskDialogProps, decision: Decision) => {
  const { api } = useServices();
  const client = useQueryClient();
  // Another decision is another request; the same one, sent again because its answer was lost, is not.
  const key = useMemo(() => unguessable(), [decision]);
  const sending = useMutation({
    mutationFn: () => asking.send(api, orderId, decision, { preview: false, key }),
    onSuccess: async () => {
      onDone();
      onClose();
      await client.invalidateQueries();
    },
  });
  return { sending, key };
};

/** Asks for something only after it was seen what it would do. */
export const AskDialog = (props: AskDialogProps): ReactNode => {
  const { order, asking, onClose } = props;
  const { say } = useSpeech();
  const [decision, setDecision] = useState<Decision>({ reason: asking.reasons[0] ?? 'other' });
  const settled = useSettled(decision);
  const { sending, key } = useSending(props, settled);
  const [isPossible, setPossible] = useState(false);
  return (
    <Dialog title={say(`ask.${asking.kind}`)} onClose={onClose}>
      <div className="dialog-body">
        <DecisionFields {...{ order, asking, decision }} decide={setDecision} />
        <h3>{say('ask.preview')}</h3>
        <PreviewOf {...{ order, asking, decision: settled, previewKey: key }} onPossible={setPossible} />
        {sending.error && <Fault fault={sending.error} />}
        <p className="choices">
          <button type="button" className="button" onClick={onClose}>
            {say('ask.leave')}
          </button>
          <button
            type="button"
            className={asking.kind === 'cancel' ? 'button grave' : 'button main'}
            disabled={!isPossible || settled !== decision || sending.isPending}
            onClick={() => sending.mutate()}
          >
            {say(`ask.confirm.${asking.kind}`)}
          </button>
        </p>
      </div>
    </Dialog>
  );
};
