import { useState, type ReactNode } from 'react';
import { bodyOf } from '../api/client';
import { useServices } from '../api/services';
import { Empty, Shown } from '../states/states';
import type { Columns } from '../tables/columns';
import { More, usePages } from '../tables/Listed';
import { RowTable } from '../tables/RowTable';
import { useSpeech } from '../words/words';
import { BAR_WIDTH, barsOf, capacityPath, DAY_WIDTH, HEIGHT, locationsOf, type ForkDay, type LocationDays } from './fork-days';

/** A local day of a location, as the reader writes days. */
const Day = ({ day }: { readonly day: string }): ReactNode => {
  const { locale } = useSpeech();
  return <time dateTime={day}>{new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' }).format(new Date(day))}</time>;
};

const Count = ({ value }: { readonly value: number | undefined }): ReactNode => {
  const { count } = useSpeech();
  return <span className="number">{value === undefined ? '–' : count(value)}</span>;
};

const columns: Columns<ForkDay> = {
  list: 'fork-days',
  rowId: ({ location, day }) => `${location} ${day}`,
  of: [
    { id: 'location', heading: 'rules.column.location', show: ({ location }) => <bdi>{location}</bdi> },
    { id: 'day', heading: 'rules.column.day', show: ({ day }) => <Day day={day} /> },
    { id: 'before', heading: 'rules.column.was', show: ({ before }) => <Count value={before} />, isAmount: true },
    { id: 'now', heading: 'rules.column.would-be', show: ({ now }) => <Count value={now} />, isAmount: true },
    { id: 'capacity', heading: 'rules.column.capacity', show: ({ capacity }) => <Count value={capacity} />, isAmount: true },
  ],
};

/** A picture of one location: two bars a day, and a line where it can take no more. The table says the same. */
const Drawn = ({ location }: { readonly location: LocationDays }): ReactNode => {
  const { say, count } = useSpeech();
  const { days, mostBefore, mostNow } = location;
  const width = days.length * DAY_WIDTH;
  const about = { location: location.location, before: count(mostBefore), now: count(mostNow) };
  return (
    <li>
      <svg viewBox={`0 -1 ${width} ${HEIGHT + 2}`} width={width} height={HEIGHT + 2} className="day-bars" aria-hidden="true">
        {barsOf(location).map(({ look, x, y, height }) => (
          <rect key={x} className={look} x={x} y={y} width={BAR_WIDTH} height={height} />
        ))}
        <path className="capacity" d={capacityPath(location)} />
      </svg>
      <p className="quiet">{say('rules.fork.days.about', about)}</p>
    </li>
  );
};

const Days = ({ forkId }: { readonly forkId: string }): ReactNode => {
  const { say } = useSpeech();
  const { api } = useServices();
  const pages = usePages(['rules', 'forks', forkId, 'days'], (query) =>
    bodyOf(api.GET('/fulfillment/forks/{forkId}/capacity', { params: { path: { forkId }, query } })),
  );
  return (
    <Shown of={pages} rows={3}>
      {(data) => {
        const rows = data.pages.flatMap(({ items }) => items);
        if (rows.length === 0) return <Empty title={say('rules.fork.days.none')} />;
        return (
          <>
            <ul className="fork-locations">
              {locationsOf(rows).map((location) => (
                <Drawn key={location.location} location={location} />
              ))}
            </ul>
            <RowTable columns={columns} rows={rows} label={say('rules.fork.days')} />
            <div className="list-foot">
              <More pages={pages} />
            </div>
          </>
        );
      }}
    </Shown>
  );
};

/** What each location had to do on each of its days, and has to in the fork: asked for once somebody wants to see it. */
export const ForkDays = ({ forkId }: { readonly forkId: string }): ReactNode => {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="fork-days" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{useSpeech().say('rules.fork.days')}</summary>
      {isOpen && <Days forkId={forkId} />}
    </details>
  );
};
