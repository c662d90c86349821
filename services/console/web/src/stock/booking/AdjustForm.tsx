import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { ChoiceField, NumberField, TextField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { useSpeech } from '../../words/words';
import { StockPreview } from './StockPreview';
import { useCell, WhatAndWhere, type BookingProps, type Cell } from './WhatAndWhere';

type Adjustment = Schemas['AdjustmentDto'];

const causes = ['damage', 'loss', 'found', 'drift', 'count'] as const;
type Cause = (typeof causes)[number];
const MOST = 100_000_000;

interface Filled {
  readonly quantity?: number | undefined;
  readonly cause: Cause;
  readonly detail: string;
}

const adjustmentOf = ({ sku, location }: Cell, { quantity, cause, detail }: Filled): Adjustment | undefined => {
  if (!quantity || sku === '' || location === '') return undefined;
  return { location, sku, quantity, cause, ...(detail.trim() === '' ? {} : { detail: detail.trim() }) };
};

const AdjustFields = ({ filled, fill }: { readonly filled: Filled; readonly fill: (filled: Filled) => void }): ReactNode => {
  const { say, name } = useSpeech();
  return (
    <>
      <div className="fields">
        <NumberField
          label={say('stock.change')}
          hint={say('stock.change.hint')}
          value={filled.quantity}
          onChange={(quantity) => fill({ ...filled, quantity })}
          least={-MOST}
          most={MOST}
          isRequired
        />
        <ChoiceField
          label={say('stock.cause')}
          value={filled.cause}
          options={causes.map((each) => [each, name('stock.cause', each)])}
          onChange={(cause) => fill({ ...filled, cause })}
        />
      </div>
      <TextField label={say('stock.detail')} value={filled.detail} onChange={(detail) => fill({ ...filled, detail })} />
    </>
  );
};

/** More or fewer than the books say. What is lost may be what somebody was promised. */
export const AdjustForm = ({ of, onClose }: BookingProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const where = useCell(of);
  const [filled, fill] = useState<Filled>({ cause: 'damage', detail: '' });
  const adjustment = adjustmentOf(where.cell, filled);
  const send = (body: Adjustment, key: string, preview: boolean) =>
    bodyOf(api.POST('/inventory/adjustments', { params: { header: { 'Idempotency-Key': key }, query: preview ? { preview } : {} }, body }));
  return (
    <FormDialog
      title={say('stock.adjust')}
      deed={say('stock.book')}
      isGrave={(filled.quantity ?? 0) < 0}
      isReady={adjustment !== undefined}
      send={async (key) => adjustment && send(adjustment, key, false)}
      onClose={onClose}
    >
      <WhatAndWhere {...where} isSkuKnown={of.sku !== undefined} />
      <AdjustFields filled={filled} fill={fill} />
      <StockPreview asked={adjustment} ask={async () => adjustment && send(adjustment, 'preview', true)} />
    </FormDialog>
  );
};
