import { useEffect, useRef, type KeyboardEvent } from 'react';
import { useServices } from '../api/services';
import { scannedItem, type Scanned } from './scanned';

/**
 * Enter in a box for a SKU, which is how a scan ends: what has the barcode of an item becomes that item. All else is sent as Enter would have it, once it is known to be
 * no barcode; so it is where nobody can say.
 */
export const useBarcodes = (value: string, onScan: (scanned: Scanned) => void) => {
  const { api } = useServices();
  const latest = useRef(value);
  const [known, newest] = [useRef(''), useRef(onScan)];
  useEffect(() => {
    latest.current = value;
    newest.current = onScan;
  });
  const find = async (text: string, form: HTMLFormElement | null): Promise<void> => {
    const scanned = await scannedItem(api, text).catch(() => undefined);
    // Whoever has typed on means something else.
    if (latest.current !== text) return;
    known.current = scanned?.sku ?? text;
    if (scanned) newest.current(scanned);
    else form?.requestSubmit();
  };
  const onKey = (event: KeyboardEvent<HTMLInputElement>): void => {
    const isOther = event.key !== 'Enter' || event.altKey || event.ctrlKey || event.metaKey || event.nativeEvent.isComposing;
    if (isOther || value.trim() === '' || value === known.current) return;
    event.preventDefault();
    void find(value, event.currentTarget.form);
  };
  return { onKey };
};
