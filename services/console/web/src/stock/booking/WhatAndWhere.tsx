import { useState, type ReactNode } from 'react';
import { ChoiceField } from '../../forms/fields';
import { SkuField } from '../../items/SkuField';
import { Title } from '../../items/Title';
import { choicesOf, useLocations } from '../../locations/useLocations';
import { useSpeech } from '../../words/words';

/** Of which SKU, and where. */
export interface Cell {
  readonly sku: string;
  readonly location: string;
}

export interface BookingProps {
  /** As far as it is known already. */
  readonly of: { readonly sku?: string | undefined; readonly location?: string | undefined };
  readonly onClose: () => void;
}

/** Until somebody has chosen one it is the first. */
export const useCell = ({ sku = '', location = '' }: BookingProps['of']) => {
  const { data: places } = useLocations();
  const [cell, setCell] = useState<Cell>({ sku, location });
  const chosen = cell.location === '' ? (places?.[0]?.code ?? '') : cell.location;
  return { cell: { sku: cell.sku.trim(), location: chosen }, setCell, options: choicesOf(places) };
};

interface LocationFieldProps {
  readonly label: string;
  readonly value: string;
  readonly options: readonly (readonly [code: string, name: string])[];
  readonly onChange: (code: string) => void;
}

/** What is not among them, because there are more than can be listed, is shown all the same. */
export const LocationField = ({ label, value, options, onChange }: LocationFieldProps): ReactNode => {
  const isListed = value === '' || options.some(([code]) => code === value);
  return <ChoiceField label={label} value={value} options={isListed ? options : [[value, value], ...options]} onChange={onChange} />;
};

interface WhatAndWhereProps extends ReturnType<typeof useCell> {
  readonly isSkuKnown: boolean;
  /** A code of a case was scanned, which stands for so many units. */
  readonly onUnits?: (units: number) => void;
}

export const WhatAndWhere = ({ cell, setCell, options, isSkuKnown, onUnits }: WhatAndWhereProps): ReactNode => {
  const { say } = useSpeech();
  return (
    <div className="fields">
      {isSkuKnown ? (
        <p className="field">
          {say('stock.sku')} <bdi className="code">{cell.sku}</bdi>
          <Title sku={cell.sku} />
        </p>
      ) : (
        <SkuField label={say('stock.sku')} value={cell.sku} onChange={(sku) => setCell({ ...cell, sku })} onUnits={onUnits} isRequired />
      )}
      <LocationField
        label={say('stock.location')}
        value={cell.location}
        options={options}
        onChange={(location) => setCell({ ...cell, location })}
      />
    </div>
  );
};
