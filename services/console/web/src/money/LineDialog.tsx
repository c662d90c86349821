import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../api/client';
import { useServices } from '../api/services';
import { ChoiceField, TextField } from '../forms/fields';
import { FormDialog } from '../forms/FormDialog';
import { Dialog } from '../frame/Dialog';
import { Money, Time } from '../marks/Mark';
import { useSpeech } from '../words/words';
import type { SettlementLine } from './line-columns';
import { shortId } from '../formats/ids';

type Resolution = Schemas['ResolutionDto']['resolution'];
const resolutions = ['claim', 'write-off', 'accept'] as const satisfies readonly Resolution[];

interface LineDialogProps {
  readonly line: SettlementLine;
  readonly onClose: () => void;
}

type Fact = readonly [name: string, value: ReactNode];

const useFacts = (line: SettlementLine): readonly Fact[] => {
  const { say, name } = useSpeech();
  const { currency, gross, fee, net, expected, customer, references, settles, resolvedBy, resolvedAt, reason } = line;
  const money = (amount: number, of = currency): ReactNode => <Money amount={amount} currency={of} />;
  const facts: readonly (Fact | false)[] = [
    [say('money.column.outcome'), name('money.outcome', line.outcome)],
    [say('money.column.kind'), name('money.kind', line.kind)],
    [say('money.total.gross'), money(gross)],
    [say('money.total.fee'), money(fee)],
    [say('money.total.net'), money(net)],
    [say('money.column.expected'), money(expected, customer?.currency)],
    customer !== null && [say('money.column.customer-paid'), money(customer.gross, customer.currency)],
    references.length > 0 && [say('money.column.names'), <bdi key="names">{references.join(', ')}</bdi>],
    ...settles.map(({ kind, id }): Fact => [
      name('money.settles', kind),
      <bdi key={id} className="code">
        {shortId(id)}
      </bdi>,
    ]),
    reason !== null && [say('money.column.why'), <bdi key="reason">{reason}</bdi>],
    resolvedBy !== null && [say('money.column.by'), <bdi key="by">{resolvedBy}</bdi>],
    resolvedAt !== null && [say('money.line.closed-at'), <Time key="at" at={resolvedAt} />],
  ];
  return facts.filter((fact) => fact !== false);
};

const Facts = ({ line }: { readonly line: SettlementLine }): ReactNode => (
  <dl className="money-facts">
    {useFacts(line).map(([name, value], at) => (
      <div key={at}>
        <dt>{name}</dt>
        <dd>{value}</dd>
      </div>
    ))}
  </dl>
);

/** Closes a line that does not agree, or claims what is missing: with a reason, and in the books. */
const ResolutionForm = ({ line, onClose }: LineDialogProps): ReactNode => {
  const { say, name } = useSpeech();
  const { api } = useServices();
  const [resolution, setResolution] = useState<Resolution>('claim');
  const [reasonCode, setReason] = useState('');
  const [detail, setDetail] = useState('');
  const send = (key: string): Promise<unknown> =>
    bodyOf(
      api.POST('/payments/settlements/lines/{settlementLineId}/resolution', {
        params: { path: { settlementLineId: line.settlementLineId }, header: { 'Idempotency-Key': key } },
        body: { resolution, reasonCode: reasonCode.trim(), ...(detail.trim() === '' ? {} : { detail: detail.trim() }) },
      }),
    );
  return (
    <FormDialog title={say('money.line.close')} deed={say('money.line.close.deed')} isGrave={resolution !== 'claim'} {...{ send, onClose }}>
      <Facts line={line} />
      {line.outcome === 'unmatched' && <p className="quiet">{say('money.line.unmatched')}</p>}
      <ChoiceField
        label={say('money.line.how')}
        hint={name('money.resolution.hint', resolution)}
        value={resolution}
        options={resolutions.map((each) => [each, name('money.resolution', each)])}
        onChange={setResolution}
      />
      <TextField
        label={say('money.reason')}
        hint={say('money.reason.hint', { example: 'bank-charges' })}
        value={reasonCode}
        onChange={setReason}
        longest={64}
        isRequired
      />
      <TextField label={say('money.detail')} hint={say('money.detail.hint')} value={detail} onChange={setDetail} isLong />
    </FormDialog>
  );
};

/** A line of a settlement file whole, and how it is closed as long as it does not agree. */
export const LineDialog = ({ line, onClose }: LineDialogProps): ReactNode => {
  const { say } = useSpeech();
  if (line.open) return <ResolutionForm line={line} onClose={onClose} />;
  return (
    <Dialog title={say('money.line')} onClose={onClose}>
      <div className="dialog-body">
        <Facts line={line} />
      </div>
    </Dialog>
  );
};
