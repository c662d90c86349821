import { useState, type ReactNode } from 'react';
import { useSpeech } from '../../words/words';
import { ScanField, type Said } from '../scanning/ScanField';
import { allOf, checkedOf, isComplete, packScanOf, type Checked, type Shipment } from './packing';

type Lines = NonNullable<Shipment['lines']>;

const LineEntry = ({ line, checked }: { readonly line: Lines[number]; readonly checked: Checked }): ReactNode => {
  const { say } = useSpeech();
  const there = checkedOf(line, checked);
  return (
    <li className={there >= line.quantity ? 'bin-entry done' : 'bin-entry'}>
      <strong className="number">{say('warehouse.of', { picked: there, quantity: line.quantity })}</strong>
      <span>
        <bdi className="code">{line.sku}</bdi> {line.description !== undefined && <bdi className="quiet">{line.description}</bdi>}
        {line.instructions !== undefined && (
          <p>
            <bdi>{line.instructions}</bdi>
          </p>
        )}
      </span>
    </li>
  );
};

interface CheckingProps {
  readonly lines: Lines;
  readonly checked: Checked;
  readonly check: (checked: Checked) => void;
}

/** Unit by unit, until every one is there. */
export const Checking = ({ lines, checked, check }: CheckingProps): ReactNode => {
  const { say } = useSpeech();
  const [said, tell] = useState<Said>();
  const take = (code: string): void => {
    const scan = packScanOf(lines, checked, code);
    if (scan.is !== 'take') return tell({ tone: 'bad', text: say(`warehouse.pack.${scan.is}`, { code }) });
    check({ ...checked, [scan.lineId]: (checked[scan.lineId] ?? 0) + 1 });
    tell({ tone: 'good', text: say('warehouse.pack.taken', { sku: scan.sku }) });
  };
  return (
    <>
      <ScanField label={say('warehouse.pack.scan')} hint={say('warehouse.scan.hint')} said={said} onScan={take} />
      <section className="card" aria-label={say('order.lines')}>
        <ul>
          {lines.map((line) => (
            <LineEntry key={line.lineId} line={line} checked={checked} />
          ))}
        </ul>
      </section>
      {!isComplete(lines, checked) && (
        <p className="steps">
          <button type="button" className="button" onClick={() => check(allOf(lines))}>
            {say('warehouse.pack.all')}
          </button>
        </p>
      )}
    </>
  );
};
