import { useRef, useState, type ReactNode } from 'react';
import { bodyOf, Refusal, type Api } from '../../api/client';
import { useServices } from '../../api/services';
import { NumberField } from '../../forms/fields';
import { FormDialog } from '../../forms/FormDialog';
import { useSpeech } from '../../words/words';
import { useCell, WhatAndWhere, type BookingProps, type Cell } from './WhatAndWhere';

interface Sheet {
  readonly of: string;
  readonly countId: string;
}

const opened = async (api: Api, { sku, location }: Cell, key: string): Promise<string> => {
  const params = { header: { 'Idempotency-Key': `${key}-sheet` } };
  const sheet = await bodyOf(api.POST('/inventory/counts', { params, body: { location, lines: [{ sku }] } }));
  return 'countId' in sheet ? sheet.countId : '';
};

/** How the line stands after it was counted. */
const counted = async (api: Api, countId: string, entry: { readonly sku: string; readonly quantity: number; readonly key: string }) => {
  const { sku, quantity, key } = entry;
  const params = { path: { countId }, header: { 'Idempotency-Key': key } };
  const done = await bodyOf(api.POST('/inventory/counts/{countId}/scans', { params, body: { counts: [{ sku, quantity }] } }));
  return 'lines' in done ? done.lines[0]?.status : undefined;
};

/** What lies there, counted without having been told what should: a difference is counted again before it is booked. */
export const CountForm = ({ of, onClose }: BookingProps): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const where = useCell(of);
  const [quantity, setQuantity] = useState<number>();
  const sheet = useRef<Sheet>(undefined);
  const { sku, location } = where.cell;
  const send = async (key: string): Promise<void> => {
    if (quantity === undefined) return;
    const cell = `${sku} ${location}`;
    if (sheet.current?.of !== cell) sheet.current = { of: cell, countId: await opened(api, where.cell, key) };
    const status = await counted(api, sheet.current.countId, { sku, quantity, key });
    if (status !== 'recount') return;
    // Who only sends the same again has not counted again.
    setQuantity(undefined);
    throw new Refusal(409, 'COUNT_AGAIN', say('stock.count.again'));
  };
  return (
    <FormDialog
      title={say('stock.count')}
      deed={say('stock.book')}
      isReady={quantity !== undefined && sku !== '' && location !== ''}
      send={send}
      onClose={onClose}
    >
      <WhatAndWhere {...where} isSkuKnown={of.sku !== undefined} />
      <NumberField label={say('stock.counted')} hint={say('stock.counted.hint')} value={quantity} onChange={setQuantity} isRequired />
    </FormDialog>
  );
};
