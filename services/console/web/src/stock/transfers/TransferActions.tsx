import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { ChoiceField, NumberField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { useSpeech } from '../../words/words';
import { cameOf, receiptOf, type Came } from './came';

export type Transfer = Schemas['Transfer'];

interface StepProps {
  readonly of: Transfer;
  readonly onClose: () => void;
}

const paramsOf = ({ transferId }: Transfer, key: string) => ({ path: { transferId }, header: { 'Idempotency-Key': key } });

const DispatchForm = ({ of, onClose }: StepProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [units, setUnits] = useState<Came>({});
  const planned = of.lines.map((line) => ({ ...line, inTransit: line.quantity }));
  const lines = planned.map((line) => ({ lineId: line.lineId, quantity: cameOf(line, units) })).filter(({ quantity }) => quantity > 0);
  const expected = of.expectedAt === undefined ? {} : { expectedAt: of.expectedAt };
  return (
    <FormDialog
      title={say('stock.transfer.leaves')}
      deed={say('stock.transfer.send')}
      isReady={lines.length > 0}
      send={(key) =>
        bodyOf(api.POST('/inventory/transfers/{transferId}/dispatch', { params: paramsOf(of, key), body: { ...expected, lines } }))
      }
      onClose={onClose}
    >
      <p className="quiet">{say('stock.transfer.leaves.hint')}</p>
      {planned.map((line) => (
        <NumberField
          key={line.lineId}
          label={line.sku}
          value={line.lineId in units ? units[line.lineId] : line.quantity}
          onChange={(quantity) => setUnits({ ...units, [line.lineId]: quantity })}
          most={line.quantity}
        />
      ))}
    </FormDialog>
  );
};

const ReceiptForm = ({ of, onClose }: StepProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const [came, setCame] = useState<Came>({});
  const [rest, setRest] = useState<'later' | 'lost'>('later');
  const body = receiptOf(of.lines, came, rest === 'lost');
  return (
    <FormDialog
      title={say('stock.transfer.came')}
      deed={say('stock.book')}
      isReady={(body.lines?.length ?? 0) + (body.lost?.length ?? 0) > 0}
      send={(key) => bodyOf(api.POST('/inventory/transfers/{transferId}/receipts', { params: paramsOf(of, key), body }))}
      onClose={onClose}
    >
      {of.lines
        .filter(({ inTransit }) => inTransit > 0)
        .map((line) => (
          <NumberField
            key={line.lineId}
            label={say('stock.transfer.of', { sku: line.sku, units: line.inTransit })}
            value={line.lineId in came ? came[line.lineId] : line.inTransit}
            onChange={(quantity) => setCame({ ...came, [line.lineId]: quantity })}
            most={line.inTransit}
          />
        ))}
      <ChoiceField
        label={say('stock.transfer.rest')}
        value={rest}
        options={[
          ['later', say('stock.transfer.rest.later')],
          ['lost', say('stock.transfer.rest.lost')],
        ]}
        onChange={setRest}
      />
    </FormDialog>
  );
};

const CancelForm = ({ of, onClose }: StepProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  return (
    <FormDialog
      title={say('stock.transfer.cancel')}
      deed={say('stock.transfer.cancel')}
      isGrave
      send={(key) =>
        bodyOf(api.POST('/inventory/transfers/{transferId}/cancel', { params: paramsOf(of, key), body: { reason: 'not-needed' } }))
      }
      onClose={onClose}
    >
      <p>{say('stock.transfer.cancel.hint')}</p>
    </FormDialog>
  );
};

const steps = { leaves: DispatchForm, came: ReceiptForm, cancel: CancelForm } as const;
type Step = keyof typeof steps;

const next: Readonly<Record<Transfer['status'], readonly Step[]>> = {
  planned: ['leaves', 'cancel'],
  'in-transit': ['came'],
  closed: [],
  cancelled: [],
};

/** What can happen to it next. */
export const TransferActions = ({ of }: { readonly of: Transfer }): ReactNode => {
  const { say } = useSpeech();
  const [opened, open] = useState<Step>();
  const Form = opened === undefined ? undefined : steps[opened];
  return (
    <>
      <span className="marks">
        {next[of.status].map((step) => (
          <button key={step} type="button" className="button" onClick={() => open(step)}>
            {say(`stock.transfer.${step}`)}
          </button>
        ))}
      </span>
      {Form && <Form of={of} onClose={() => open(undefined)} />}
    </>
  );
};
