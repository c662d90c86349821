import { useState, type ReactNode } from 'react';
import { bodyOf, type Api, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { ChoiceField, NumberField, TextField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { instantIn } from '../../forms/instants';
import { useSpeech } from '../../words/words';
import { LocationField, useCell, WhatAndWhere, type BookingProps, type Cell } from './WhatAndWhere';

type Transfer = Schemas['TransferDto'];

/** Planned, and sent on its way at once if it leaves now: each under a key of its own, so that neither is done twice. */
const transfer = async (api: Api, body: Transfer, { key, leaves }: { readonly key: string; readonly leaves: boolean }): Promise<void> => {
  const planned = await bodyOf(api.POST('/inventory/transfers', { params: { header: { 'Idempotency-Key': key } }, body }));
  if (!leaves || !('transferId' in planned)) return;
  const { expectedAt } = body;
  const params = { path: { transferId: planned.transferId }, header: { 'Idempotency-Key': `${key}-leaves` } };
  await bodyOf(
    api.POST('/inventory/transfers/{transferId}/dispatch', { params, body: { ...(expectedAt === undefined ? {} : { expectedAt }) } }),
  );
};

interface Filled {
  readonly to: string;
  readonly quantity?: number | undefined;
  readonly expected: string;
  readonly leaves: 'now' | 'later';
}

const transferOf = ({ sku, location: from }: Cell, { to, quantity, expected }: Filled): Transfer | undefined => {
  if (quantity === undefined || sku === '' || to === '') return undefined;
  const expectedAt = instantIn(expected);
  return { from, to, lines: [{ sku, quantity }], ...(expectedAt === undefined ? {} : { expectedAt }) };
};

interface TransferFieldsProps {
  readonly filled: Filled;
  readonly fill: (filled: Filled) => void;
  readonly targets: readonly (readonly [code: string, name: string])[];
}

const TransferFields = ({ filled, fill, targets }: TransferFieldsProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="fields">
      <LocationField label={say('stock.to')} value={filled.to} options={targets} onChange={(to) => fill({ ...filled, to })} />
      <NumberField
        label={say('stock.units')}
        value={filled.quantity}
        onChange={(quantity) => fill({ ...filled, quantity })}
        least={1}
        isRequired
      />
      <ChoiceField
        label={say('stock.leaves')}
        value={filled.leaves}
        options={[
          ['later', say('stock.leaves.later')],
          ['now', say('stock.leaves.now')],
        ]}
        onChange={(leaves) => fill({ ...filled, leaves })}
      />
      <TextField
        label={say('stock.expected-at')}
        hint={say('stock.expected-at.hint')}
        kind="datetime-local"
        value={filled.expected}
        onChange={(expected) => fill({ ...filled, expected })}
      />
    </div>
  );
};

/** Stock that goes to another location. */
export const TransferForm = ({ of, onClose }: BookingProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const where = useCell(of);
  const [written, fill] = useState<Filled>({ to: '', expected: '', leaves: 'later' });
  const targets = where.options.filter(([code]) => code !== where.cell.location);
  // Until another one is chosen, it goes to the first that it is not at already.
  const to = written.to === where.cell.location ? '' : written.to;
  const filled = { ...written, to: to === '' ? (targets[0]?.[0] ?? '') : to };
  const body = transferOf(where.cell, filled);
  return (
    <FormDialog
      title={say('stock.transfer')}
      deed={say(filled.leaves === 'now' ? 'stock.transfer.send' : 'stock.transfer.plan')}
      isReady={body !== undefined}
      send={async (key) => body && transfer(api, body, { key, leaves: filled.leaves === 'now' })}
      onClose={onClose}
    >
      <WhatAndWhere {...where} isSkuKnown={of.sku !== undefined} onUnits={(quantity) => fill({ ...written, quantity })} />
      <TransferFields filled={filled} fill={fill} targets={targets} />
    </FormDialog>
  );
};
