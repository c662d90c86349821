import { useEffect, useRef, type ClipboardEvent, type KeyboardEvent } from 'react';
import { useServices } from '../api/services';
import { endsScan, pastedWhole } from './scan-end';
import { scannedItem, type Scanned } from './scanned';

/**
 * In a box for a SKU what has the barcode of an item becomes that item, when a scan may have come to its end: with Enter, with Tab or whatever else leaves the box, or
 * at once where it is pasted. All else is sent as Enter would have it, once it is known to be no barcode; so it is where nobody can say.
 */
export const useBarcodes = (value: string, onScan: (scanned: Scanned) => void) => {
  const { api } = useServices();
  const latest = useRef(value);
  const [known, newest] = [useRef(''), useRef(onScan)];
  useEffect(() => {
    latest.current = value;
    newest.current = onScan;
  });
  const isNews = (text: string): boolean => text.trim() !== '' && text !== known.current;
  const find = async (text: string, form?: HTMLFormElement | null): Promise<void> => {
    const scanned = await scannedItem(api, text).catch(() => undefined);
    // Whoever has typed on means something else.
    if (latest.current !== text) return;
    known.current = scanned?.sku ?? text;
    if (scanned) newest.current(scanned);
    else form?.requestSubmit();
  };
  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>): void => {
    // Tab leads on meanwhile: what the box is left for is found then.
    if (event.key === 'Tab' || !endsScan(event, value) || !isNews(value)) return;
    event.preventDefault();
    void find(value, event.currentTarget.form);
  };
  const onLeave = (): void => {
    if (isNews(value)) void find(value);
  };
  const onPaste = (event: ClipboardEvent<HTMLInputElement>): void => {
    const whole = pastedWhole(event.currentTarget, event.clipboardData.getData('text'));
    if (whole !== undefined && isNews(whole)) void find(whole);
  };
  return { onKeyDown, onLeave, onPaste };
};
