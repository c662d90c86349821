import { useId, useState, type ReactNode } from 'react';
import { useSettled } from '../keys/useSettled';
import { useSpeech } from '../words/words';
import type { Scanned } from './scanned';
import { SkuBox } from './SkuBox';
import { useTitle } from './useTitle';

interface SkuFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (sku: string) => void;
  readonly hint?: string;
  readonly isRequired?: boolean;
  /** A code of a case was scanned, which stands for so many units. */
  readonly onUnits?: ((units: number) => void) | undefined;
}

/** Which item is meant, as it is called: whoever typed something else sees it before it is sent. */
const Meant = ({ sku }: { readonly sku: string }): ReactNode => {
  const { say } = useSpeech();
  const title = useTitle(sku);
  if (sku === '' || title === undefined) return null;
  return title === null ? say('stock.item.none') : <bdi>{title}</bdi>;
};

/** A field of a form that wants a SKU. */
export const SkuField = ({ label, value, onChange, hint, isRequired = false, onUnits }: SkuFieldProps): ReactNode => {
  const id = useId();
  const { say } = useSpeech();
  const [scanned, setScanned] = useState<Scanned>();
  const settled = useSettled(value.trim());
  const read = (scan: Scanned): void => {
    setScanned(scan);
    if (scan.units > 1) onUnits?.(scan.units);
  };
  const isOfCase = scanned?.sku === value && scanned.units > 1;
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <SkuBox {...{ id, value, onChange }} onScan={read} required={isRequired} aria-describedby={`${id}-meant`} />
      <span id={`${id}-meant`} className="quiet" role="status">
        <Meant sku={settled} />
        {isOfCase && <> · {say('stock.item.units', { units: scanned.units })}</>}
      </span>
      {hint !== undefined && <span className="quiet">{hint}</span>}
    </div>
  );
};
