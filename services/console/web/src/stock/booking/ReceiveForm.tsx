import { useState, type ReactNode } from 'react';
import { bodyOf, type Schemas } from '../../api/client';
import { useServices } from '../../api/services';
import { NumberField, TextField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { useSpeech } from '../../words/words';
import { StockPreview } from './StockPreview';
import { useCell, WhatAndWhere, type BookingProps } from './WhatAndWhere';

type Receipt = Schemas['ReceiptDto'];

/** Goods that came in. */
export const ReceiveForm = ({ of, onClose }: BookingProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const where = useCell(of);
  const [quantity, setQuantity] = useState<number>();
  const [reference, setReference] = useState('');
  const { sku, location } = where.cell;
  const receipt: Receipt | undefined =
    quantity === undefined || sku === '' || location === ''
      ? undefined
      : { location, lines: [{ sku, quantity }], ...(reference.trim() === '' ? {} : { reference: reference.trim() }) };
  const send = (body: Receipt, key: string, preview: boolean) =>
    bodyOf(api.POST('/inventory/receipts', { params: { header: { 'Idempotency-Key': key }, query: preview ? { preview } : {} }, body }));
  return (
    <FormDialog
      title={say('stock.receive')}
      deed={say('stock.book')}
      isReady={receipt !== undefined}
      send={async (key) => receipt && send(receipt, key, false)}
      onClose={onClose}
    >
      <WhatAndWhere {...where} isSkuKnown={of.sku !== undefined} onUnits={setQuantity} />
      <div className="fields">
        <NumberField label={say('stock.units')} value={quantity} onChange={setQuantity} least={1} isRequired />
        <TextField label={say('stock.reference')} value={reference} onChange={setReference} longest={100} />
      </div>
      <StockPreview asked={receipt} ask={async () => receipt && send(receipt, 'preview', true)} />
    </FormDialog>
  );
};
