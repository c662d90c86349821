import { useState, type ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { ChoiceField, TextField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { Money } from '../marks/Mark';
import { useSpeech } from '../words/words';
import type { Chargeback } from './deadline';

interface ChargebackDialogProps {
  readonly chargeback: Chargeback;
  readonly onClose: () => void;
}

const asked = ({ chargebackId }: Chargeback, key: string) => ({ path: { chargebackId }, header: { 'Idempotency-Key': key } });

/** Notes what was given to the bank: from then on nobody is reminded. */
export const EvidenceDialog = ({ chargeback, onClose }: ChargebackDialogProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [kind, setKind] = useState('proof-of-delivery');
  const [reference, setReference] = useState('');
  const send = (key: string): Promise<unknown> =>
    bodyOf(
      api.POST('/payments/chargebacks/{chargebackId}/evidence', {
        params: asked(chargeback, key),
        body: { evidence: [{ kind: kind.trim(), reference: reference.trim() }] },
      }),
    );
  return (
    <FormDialog title={say('money.chargeback.do.evidence')} deed={say('form.send')} {...{ send, onClose }}>
      <TextField
        label={say('money.evidence.kind')}
        hint={say('money.reason.hint', { example: 'proof-of-delivery' })}
        value={kind}
        onChange={setKind}
        longest={64}
        isRequired
      />
      <TextField
        label={say('money.evidence.reference')}
        hint={say('money.evidence.reference.hint')}
        value={reference}
        onChange={setReference}
        longest={200}
        isRequired
      />
    </FormDialog>
  );
};

/** Records what the bank decided. */
export const OutcomeDialog = ({ chargeback, onClose }: ChargebackDialogProps): ReactNode => {
  const { say, name } = useSpeech();
  const { api } = useServices();
  const [outcome, setOutcome] = useState<'won' | 'lost'>('won');
  const send = (key: string): Promise<unknown> =>
    bodyOf(api.POST('/payments/chargebacks/{chargebackId}/outcome', { params: asked(chargeback, key), body: { outcome } }));
  return (
    <FormDialog title={say('money.chargeback.do.outcome')} deed={say('form.send')} isGrave={outcome === 'lost'} {...{ send, onClose }}>
      <p>
        <Money amount={chargeback.amount} currency={chargeback.currency} />
      </p>
      <ChoiceField
        label={say('money.chargeback.outcome')}
        hint={say(`money.chargeback.outcome.${outcome}`)}
        value={outcome}
        options={(['won', 'lost'] as const).map((each) => [each, name('money.chargeback', each)])}
        onChange={setOutcome}
      />
    </FormDialog>
  );
};
