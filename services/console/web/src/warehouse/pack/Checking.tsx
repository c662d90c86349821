import { useRef, type ReactNode } from 'react';
import { useServices } from '../../api/services';
import { scannedThing } from '../../items/scanned';
import { useSpeech } from '../../words/words';
import { Called } from '../Called';
import { ScanField } from '../scanning/ScanField';
import { useScans } from '../scanning/useScans';
import { allOf, checkedOf, isComplete, packScanOf, type Checked, type Shipment } from './packing';

type Lines = NonNullable<Shipment['lines']>;

const LineEntry = ({ line, checked }: { readonly line: Lines[number]; readonly checked: Checked }): ReactNode => {
  const { say } = useSpeech();
  const there = checkedOf(line, checked);
  return (
    <li className={there >= line.quantity ? 'bin-entry done' : 'bin-entry'}>
      <strong className="number">{say('warehouse.of', { picked: there, quantity: line.quantity })}</strong>
      <span>
        <Called of={line} />
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

const useChecking = ({ lines, checked, check }: CheckingProps) => {
  const { say } = useSpeech();
  const { api } = useServices();
  // A scan is counted when the one before was, which may be before this is drawn anew.
  const there = useRef(checked);
  const put = (next: Checked): void => {
    there.current = next;
    check(next);
  };
  const scans = useScans(async (code) => {
    const { sku, units } = await scannedThing(api, lines, code);
    const scan = packScanOf(lines, there.current, { sku, units });
    if (scan.is === 'over') return { tone: 'bad', text: say('warehouse.pack.over', { code, units }) };
    if (scan.is !== 'take') return { tone: 'bad', text: say(`warehouse.pack.${scan.is}`, { code }) };
    put(scan.checked);
    return { tone: 'good', text: units === 1 ? say('warehouse.pack.taken', { sku }) : say('warehouse.pack.taken.case', { sku, units }) };
  });
  return { ...scans, all: () => put(allOf(lines)) };
};

/** Unit by unit, or case by case, until every one is there. */
export const Checking = ({ lines, checked, check }: CheckingProps): ReactNode => {
  const { say } = useSpeech();
  const { said, scan, all } = useChecking({ lines, checked, check });
  return (
    <>
      <ScanField label={say('warehouse.pack.scan')} hint={say('warehouse.scan.hint')} said={said} onScan={scan} />
      <section className="card" aria-label={say('order.lines')}>
        <ul>
          {lines.map((line) => (
            <LineEntry key={line.lineId} line={line} checked={checked} />
          ))}
        </ul>
      </section>
      {!isComplete(lines, checked) && (
        <p className="steps">
          <button type="button" className="button" onClick={all}>
            {say('warehouse.pack.all')}
          </button>
        </p>
      )}
    </>
  );
};
