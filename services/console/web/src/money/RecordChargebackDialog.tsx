import { useQuery } from '@tanstack/react-query';
import { useState, type ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { ChoiceField, TextField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { useSettled } from '../keys/useSettled';
import { useSpeech } from '../words/words';
import { capturesOf, type Capture } from './captures';
import { amountOf, chargebackBody, chosenOf, type Recording } from './recording';

interface RecordingFieldsProps {
  readonly recording: Recording;
  readonly change: (part: Partial<Recording>) => void;
}

interface CaptureFieldsProps extends RecordingFieldsProps {
  readonly captures: readonly Capture[];
  readonly capture: Capture;
}

const CaptureFields = ({ captures, capture, recording, change }: CaptureFieldsProps): ReactNode => {
  const { say, money, time } = useSpeech();
  return (
    <>
      <ChoiceField
        label={say('money.chargeback.capture')}
        value={capture.source}
        options={captures.map((each) => [each.source, `${money(each.amount, each.currency)} · ${time(each.movedAt)}`])}
        onChange={(source) => change({ source })}
      />
      <TextField
        label={say('money.chargeback.amount', { currency: capture.currency })}
        hint={say('money.chargeback.amount.hint', { most: money(capture.amount, capture.currency) })}
        value={amountOf(recording, capture)}
        onChange={(amount) => change({ amount })}
        longest={20}
        isRequired
      />
    </>
  );
};

const BankFields = ({ recording, change }: RecordingFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <>
      <TextField
        label={say('money.reason')}
        hint={say('money.reason.hint', { example: 'not-received' })}
        value={recording.reasonCode}
        onChange={(reasonCode) => change({ reasonCode })}
        longest={64}
        isRequired
      />
      <TextField
        label={say('money.column.reference')}
        value={recording.reference}
        onChange={(reference) => change({ reference })}
        longest={200}
      />
      <TextField
        label={say('money.column.respond')}
        kind="date"
        value={recording.respondBy}
        onChange={(respondBy) => change({ respondBy })}
      />
    </>
  );
};

const useCaptures = (text: string) => {
  const { api } = useServices();
  const settled = useSettled(text);
  return useQuery({
    queryKey: ['money', 'captures', settled],
    queryFn: () => capturesOf(api, settled),
    enabled: settled.trim().length > 2,
  });
};

/** Records a chargeback that the provider does not tell of by itself. */
export const RecordChargebackDialog = ({ onClose }: { readonly onClose: () => void }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [recording, setRecording] = useState<Recording>({ order: '', reasonCode: '', reference: '', respondBy: '' });
  const change = (part: Partial<Recording>): void => setRecording((before) => ({ ...before, ...part }));
  const { data: captures } = useCaptures(recording.order);
  const capture = chosenOf(captures ?? [], recording.source);
  const body = capture && chargebackBody(recording, capture);
  const send = async (key: string): Promise<unknown> =>
    body && bodyOf(api.POST('/payments/chargebacks', { params: { header: { 'Idempotency-Key': key } }, body }));
  return (
    <FormDialog title={say('money.chargeback.record')} deed={say('form.send')} isReady={body !== undefined} {...{ send, onClose }}>
      <TextField
        label={say('money.chargeback.order')}
        hint={say(captures?.length === 0 ? 'money.chargeback.order.none' : 'money.chargeback.order.hint')}
        value={recording.order}
        onChange={(order) => change({ order })}
        isRequired
      />
      {capture && captures && <CaptureFields {...{ captures, capture, recording, change }} />}
      <BankFields recording={recording} change={change} />
    </FormDialog>
  );
};
